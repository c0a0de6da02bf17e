import { type Failure, fail, ok, type Refusal, type Result } from '../../core/base/index.ts'
import { JOURNAL_MODE, type JournalCopy, lockPath } from './copy.ts'
import { changeLock, heldBy, type Lock, printLock, readLock } from './lock.ts'

/**
 * Turns the locks of one run that is held into those of another, one after the other: at no moment is a peer free, and each is changed
 * on behalf of the holder of the first. Of a run that dies on the way some peers have the old lock, whose run has ended, and the others
 * the new one.
 */
export async function passLocks(
  copies: readonly JournalCopy[],
  from: { readonly run: string; readonly generation: number },
  lock: Lock,
): Promise<Result<void, Refusal | Failure>> {
  const content = printLock(lock)
  const file = { content, mode: JOURNAL_MODE, user: undefined }
  for (const copy of copies.filter(({ locked }) => locked)) {
    const held = await readLock(copy)
    if (!held.ok) return held
    if (held.value !== undefined && held.value.run !== from.run) return fail(heldBy(copy.name, held.value))
    const passed =
      held.value === undefined
        ? await copy.files.create({ ...file, path: lockPath(copy) })
        : await changeLock(copy, { ...from, wanted: { kind: 'content', ...file } })
    if (!passed.ok) return passed
  }
  return ok(undefined)
}
