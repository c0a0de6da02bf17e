import { type Failure, fail, failure, ok, type Refusal, type Result } from '../../core/base/index.ts'
import { JOURNAL_MODE, type JournalCopy, lockPath, planPath } from './copy.ts'
import { changeLock, heldBy, type Lock, printLock, readLock, releaseLocks } from './lock.ts'
import { parsePlan, planDigest } from './plan-record.ts'
import { RESTORE } from './reading.ts'

/**
 * Turns the locks of one run that is held into those of another, one after the other: at no moment is a peer free, and each is changed
 * on behalf of the holder of the first. Of a run that dies on the way some peers have the old lock and the others
 * the new one, whose plan says which run it goes on from.
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

/** Which run gives its locks back to which, and who does it: the holder of one of the two. */
export type PassingBack = {
  readonly run: string
  readonly to: string
  readonly by: { readonly run: string; readonly generation: number }
}

/**
 * Gives the locks of a run that did not come to its end back to the one from which it went on, which is unfinished still. Where that one
 * has no plan it held nothing, and the peer is free.
 */
export async function passBack(
  copies: readonly JournalCopy[],
  { run, to, by }: PassingBack,
): Promise<readonly Failure[]> {
  const failures: Failure[] = []
  for (const copy of copies.filter(({ locked }) => locked)) {
    const held = await readLock(copy)
    if (!held.ok) failures.push(held.error)
    if (!held.ok || held.value?.run !== run) continue
    const read = await copy.files.read(planPath(copy, to))
    const plan = read.ok ? parsePlan(read.value, to) : undefined
    if (read.ok && typeof plan === 'object') {
      const { operation, by: holder, created: since } = plan
      const content = printLock({ run: to, operation, holder, since, plan: planDigest(read.value) })
      const wanted = { kind: 'content', content, mode: JOURNAL_MODE, user: undefined } as const
      const passed = await changeLock(copy, { ...by, wanted })
      if (!passed.ok) failures.push(passed.error)
    } else if (!read.ok && read.error.code === 'hosts.missing')
      failures.push(...(await releaseLocks([copy], run, by.run === run ? { generation: by.generation } : {})))
    else failures.push(read.ok ? damagedPlan(copy.name, to) : read.error)
  }
  return failures
}

function damagedPlan(subject: string, run: string): Failure {
  return failure({
    code: 'engine.record-damaged',
    subject,
    because: `the plan of ${run} there cannot be used, so that its lock cannot be given back to it`,
    remedy: RESTORE,
  })
}
