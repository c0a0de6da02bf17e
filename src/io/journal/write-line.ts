import { type Failure, fail, failure, type Result } from '../../core/base/index.ts'
import type { JournalCopy, JournalFile } from './copy.ts'

/**
 * How long one copy may take for a line, in milliseconds. The other copies wait for it, and so may everybody who wants to write to a
 * frozen server.
 */
const LINE_DEADLINE_MS = 10_000

/** Puts a line into one copy: as its first, which makes the file, or after the others. */
export type WriteLine = (
  copy: JournalCopy,
  file: JournalFile,
  call: 'create' | 'append',
) => Promise<Result<void, Failure>>

/**
 * Writes lines into copies, and waits for none of them twice: a disk that hangs answers no line, and a way back of ten lines must not
 * take ten deadlines. What was given up may still be written once the disk goes on, which a numbered line bears.
 */
export function writeInTime(): WriteLine {
  const givenUp = new Map<JournalCopy, Failure>()
  return async (copy, file, call) => {
    const before = givenUp.get(copy)
    if (before !== undefined) return fail(before)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<Result<void, Failure>>(resolve => {
      timer = setTimeout(() => {
        const failed = tooSlow(copy, file)
        givenUp.set(copy, failed)
        resolve(fail(failed))
      }, LINE_DEADLINE_MS)
    })
    try {
      return await Promise.race([copy.files[call](file), late])
    } finally {
      clearTimeout(timer)
    }
  }
}

function tooSlow({ name }: JournalCopy, { path }: JournalFile): Failure {
  return failure({
    code: 'hosts.deadline',
    subject: name,
    because: `a line of ${path} on ${name} took longer than ${LINE_DEADLINE_MS} ms`,
    remedy: `See whether the disk of ${name} is slow or hangs, then try again.`,
  })
}
