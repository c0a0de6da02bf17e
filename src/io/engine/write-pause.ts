import { type Clock, type Failure, fail, failure, type Result } from '../../core/base/index.ts'
import type { RunContext } from './context.ts'

/** Less than this and a further look makes no sense, in milliseconds. */
const LEFT_MIN_MS = 100

/**
 * What is left of `write-pause-max`: one deadline for everything from the freeze to the promotion, which begins with the first that
 * asks. A resumed run counts from when it was resumed.
 */
export class WritePauseBudget {
  readonly #clock: Clock
  readonly #maxMs: number
  #began: number | undefined

  constructor(clock: Clock, maxMs: number) {
    this.#clock = clock
    this.#maxMs = maxMs
  }

  /** In milliseconds; below zero when it is over. */
  leftMs(): number {
    this.#began ??= this.#clock.elapsed()
    return this.#began + this.#maxMs - this.#clock.elapsed()
  }
}

/** Does what belongs to the pause: no question and no command may outlast it, and when it is over that is the reason. */
export async function withinPause<Value>(
  context: RunContext,
  subject: string,
  act: (context: RunContext) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  const left = context.pause.leftMs()
  if (left < LEFT_MIN_MS) return fail(pauseOver(context, subject))
  const questionMs = Math.min(context.links.questionMs, left)
  const done = await act({ ...context, links: context.links.within({ questionMs, commandMs: left }) })
  return done.ok || context.pause.leftMs() >= LEFT_MIN_MS
    ? done
    : fail(pauseOver(context, subject, done.error))
}

function pauseOver({ links }: RunContext, subject: string, cause?: Failure): Failure {
  const max = links.fleet.policy.writePauseMaxS
  const why = cause === undefined ? '' : `. Last state: ${cause.subject}: ${cause.because}`
  return failure({
    code: 'engine.pause-over',
    subject,
    because: `gave up after ${max} s without writes (write-pause-max)${why}`,
    remedy: cause?.remedy ?? 'Raise write-pause-max in baton.yaml if your servers need longer.',
  })
}
