import { type Failure, fail, ok, type Refusal, type Result } from '../../core/base/index.ts'
import { JOURNAL_MODE, type JournalCopy, lockPath } from './copy.ts'
import { heldBy, type Lock, printLock, readLock } from './lock.ts'

/**
 * Turns the locks of one run that is held into those of another, one after the other: at no moment is a peer free. Of a run that dies
 * on the way some peers have the old lock, whose run has ended, and the others the new one.
 */
export async function passLocks(
  copies: readonly JournalCopy[],
  from: string,
  lock: Lock,
): Promise<Result<void, Refusal | Failure>> {
  const content = printLock(lock)
  for (const copy of copies.filter(({ locked }) => locked)) {
    const held = await readLock(copy)
    if (!held.ok) return held
    const file = { path: lockPath(copy), content, mode: JOURNAL_MODE, user: undefined }
    if (held.value !== undefined && held.value.run !== from) return fail(heldBy(copy.name, held.value))
    const passed = held.value === undefined ? await copy.files.create(file) : await copy.files.replace(file)
    if (!passed.ok) return passed
  }
  return ok(undefined)
}
