import { type Failure, fail, ok, type Result } from '../../core/base/index.ts'
import type { Plan } from '../../core/plan/index.ts'
import { type JournalCopy, planPath } from './copy.ts'
import { type JournalEntry, mergeEntries } from './entry.ts'
import { noPlanFailure } from './journal.ts'
import { type Lock, readLock } from './lock.ts'
import { type Progress, progressOf } from './progress.ts'
import { readEntries } from './read-entries.ts'

/** A run as its copies tell it. */
export type FoundRun = {
  readonly lock: Lock
  /** Nothing when it died before its plan was anywhere: then nothing was done. */
  readonly plan: Plan | undefined
  readonly entries: readonly JournalEntry[]
  readonly progress: Progress | undefined
}

/** The run that holds the fleet, if one does. Copies that cannot be read are passed over while one can. */
export async function findUnfinishedRun(
  copies: readonly JournalCopy[],
): Promise<Result<FoundRun | undefined, Failure>> {
  const locks: Lock[] = []
  const failures: Failure[] = []
  for (const copy of copies.filter(({ locked }) => locked)) {
    const lock = await readLock(copy)
    if (!lock.ok) failures.push(lock.error)
    else if (lock.value !== undefined) locks.push(lock.value)
  }
  const [lock] = locks
  const [unread] = failures
  if (lock === undefined) return unread === undefined ? ok(undefined) : fail(unread)
  const found = await readRun(copies, lock.run)
  if (found.ok) return ok({ lock, ...found.value })
  const neverBegan = found.error.code === 'engine.plan-missing'
  return neverBegan ? ok({ lock, plan: undefined, entries: [], progress: undefined }) : found
}

export type RecordedRun = {
  readonly plan: Plan
  readonly entries: readonly JournalEntry[]
  readonly progress: Progress
}

export async function readRun(
  copies: readonly JournalCopy[],
  run: string,
): Promise<Result<RecordedRun, Failure>> {
  let plan: Plan | undefined
  for (const copy of copies) {
    const planRead = await copy.files.read(planPath(copy, run))
    if (planRead.ok) plan ??= parsePlan(planRead.value)
  }
  if (plan === undefined) return fail(noPlanFailure(run))
  const entries = mergeEntries(await readEntries(copies, run))
  return ok({ plan, entries, progress: progressOf(plan, entries) })
}

function parsePlan(bytes: Uint8Array): Plan | undefined {
  try {
    const plan = JSON.parse(new TextDecoder().decode(bytes)) as Plan
    return Array.isArray(plan.steps) ? plan : undefined
  } catch {
    return undefined
  }
}
