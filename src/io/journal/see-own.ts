import { type Failure, fail, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import type { Plan } from '../../core/plan/index.ts'
import type { JournalCopy } from './copy.ts'
import type { RunOutcome } from './entry.ts'
import { isLive } from './find.ts'
import type { HistoryEntry } from './history.ts'
import { readLocks } from './lock.ts'
import { valuesRead } from './reading.ts'
import { readRun } from './record.ts'

/** What whoever wants to take a run over knows of it. */
export type Known = {
  readonly plan: Plan
  readonly copies: readonly JournalCopy[]
  /** How it had ended when it was found. */
  readonly ended?: RunOutcome | undefined
  /** Whether the run that goes on from it has its locks, and ends it; else they must be its own still. */
  readonly locks?: 'passed' | undefined
}

/**
 * Refuses (`engine.overtaken`) a run that is no more as it was found: its history names it as ended, or a lock is that of a run that went
 * on from it, or of another one that is under way. The run from which it went on itself may have locks still.
 */
export async function seeOwn(
  { plan: { run, supersedes }, copies, ended, locks }: Known,
  told: readonly HistoryEntry[],
): Promise<Result<void, Refusal | Failure>> {
  if (locks === 'passed') return ok(undefined)
  const end = told.find(entry => entry.run === run)
  if (end !== undefined && ended === undefined)
    return fail(refuseOvertaken(run, `the history says that it has ended (${end.outcome})`))
  const others = valuesRead(await readLocks(copies)).filter(
    lock => lock.run !== run && lock.run !== supersedes,
  )
  for (const [name, lock] of new Map(others.map(other => [other.run, other]))) {
    const other = await readRun(copies, { run: name, plan: lock.plan, by: lock.holder })
    if (!other.ok) return other
    // A lock without a plan is of a run that had not done anything.
    if (other.value === undefined) continue
    const isUnderWay = isLive(other.value) && !told.some(entry => entry.run === name)
    if (other.value.plan.supersedes === run || isUnderWay)
      return fail(refuseOvertaken(run, `${lock.operation} ${name} by ${lock.holder} has its locks now`))
  }
  return ok(undefined)
}

export function refuseOvertaken(run: string, because: string): Refusal {
  return refuse({
    code: 'engine.overtaken',
    subject: run,
    because,
    remedy: '`baton status` shows who holds the fleet now, and what is to be done.',
  })
}
