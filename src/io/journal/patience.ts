import { type Failure, failure, type Result } from '../../core/base/index.ts'

/** How long the other places are waited for once it is certain enough, in milliseconds: the disk of a peer must not hold up a way back. */
export const LATE_PLACE_MS = 2_000

/**
 * How long any place is waited for, in milliseconds, however much it is needed: a server may be frozen while a line is written, and
 * everybody who wants to write to it waits too.
 */
export const PLACE_MS_MAX = 10_000

/** What one place was asked, and its answer. */
export type Asked<Value> = {
  readonly answer: Promise<Result<Value, Failure>>
  /** Whether this answer is enough, so that the others are waited for only `LATE_PLACE_MS` more. */
  readonly isEnough: (answer: Result<Value, Failure>) => boolean
  /** A place that still owes an earlier answer is not waited for at all then. */
  readonly isOwing?: boolean
}

/** The answers, in order: all of them, or those that had come when the patience was over; nothing for each that was late. */
export async function answersOf<Value>(
  asked: readonly Asked<Value>[],
): Promise<readonly (Result<Value, Failure> | undefined)[]> {
  const answers: (Result<Value, Failure> | undefined)[] = asked.map(() => undefined)
  let timer: NodeJS.Timeout | undefined
  let last: NodeJS.Timeout | undefined
  const enough = new Promise<void>(resolve => {
    last = setTimeout(resolve, PLACE_MS_MAX)
    const hear = async ({ answer, isEnough }: Asked<Value>, index: number) => {
      const result = await answer
      answers[index] = result
      if (isEnough(result)) timer ??= setTimeout(resolve, LATE_PLACE_MS)
      if (
        timer !== undefined &&
        asked.every(({ isOwing }, at) => isOwing === true || answers[at] !== undefined)
      )
        resolve()
    }
    for (const [index, each] of asked.entries())
      hear(each, index).catch(() => 'whoever waits for all of them has the defect')
  })
  try {
    await Promise.race([Promise.all(asked.map(({ answer }) => answer)), enough])
    return [...answers]
  } finally {
    clearTimeout(timer)
    clearTimeout(last)
  }
}

/** What is said of a place that did not answer in time; `what` it was asked for follows its name. */
export function lateFailure(name: string, what: string): Failure {
  return failure({
    code: 'hosts.deadline',
    subject: name,
    because: `${name} ${what} in time`,
    remedy: `See whether the disk of ${name} is slow or hangs, then try again.`,
  })
}
