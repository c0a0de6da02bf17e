import { type Failure, fail, listFew, ok, type Refusal, type Result } from '../../core/base/index.ts'
import { recordBeside } from './beside.ts'
import { type JournalCopy, planPath, runFolder } from './copy.ts'
import { createHolder } from './holder.ts'
import { holdJournal, type Journal, type JournalStart } from './journal.ts'
import { type Lock, releaseLocks, takeLocks } from './lock.ts'
import { passBack, passLocks } from './pass-locks.ts'
import { planDigest, printPlan } from './plan-record.ts'

/** A base configuration may hold keys, and a plan holds the `named.conf` that is made of it. */
export const PLAN_MODE = 0o600

/**
 * Records the plan everywhere, and takes the fleet then: so a lock without a plan on the same peer proves that nothing began
 * there. Whoever does not get the fleet leaves nothing behind, unless a lock could not be given back: that one must be known by its plan.
 */
export async function beginRun(start: JournalStart): Promise<Result<Journal, Refusal | Failure>> {
  const { plan } = start
  const { run, operation, by, created } = plan
  const text = printPlan(plan)
  const recorded = await recordEverywhere(start, text)
  if (!recorded.ok) return recorded
  const { pid } = start.holder
  const lock = { run, operation, holder: by, process: pid, since: created, plan: planDigest(text) }
  const locked = await lockFor(start, lock)
  const begun = locked.ok ? await begin(start) : locked
  if (begun.ok) return begun
  const kept = locked.ok || start.after !== undefined ? await giveBack(start) : []
  if (kept.length > 0) return fail(keptLocks(begun.error, kept))
  await forget(start)
  return begun
}

function keptLocks<Why extends Refusal | Failure>(why: Why, kept: readonly Failure[]): Why {
  const told = kept.map(({ subject, because }) => `${subject}: ${because}`)
  const which = listFew(told, { max: 3, separator: '; ' })
  return {
    ...why,
    because: `${why.because}; not every lock could be given back (${which})`,
    remedy: `${why.remedy} Then \`baton rollback\` gives back the locks that it still has.`,
  }
}

async function recordEverywhere(start: JournalStart, text: string): Promise<Result<void, Failure>> {
  for (const copy of start.copies) {
    const recorded = await recordPlan(copy, start, text)
    if (recorded.ok) continue
    // What was there already is another run's.
    if (recorded.error.code !== 'hosts.exists') await forget(start)
    return recorded
  }
  return ok(undefined)
}

/** The plan comes last: whoever finds it finds all that belongs to it. */
async function recordPlan(
  copy: JournalCopy,
  { plan, beside = [] }: JournalStart,
  content: string,
): Promise<Result<void, Failure>> {
  const laid = await recordBeside(copy, { run: plan.run, files: beside })
  if (!laid.ok) return laid
  return copy.files.create({ path: planPath(copy, plan.run), content, mode: PLAN_MODE, user: undefined })
}

async function lockFor(
  { copies, after }: JournalStart,
  lock: Lock,
): Promise<Result<void, Refusal | Failure>> {
  if (after === undefined) return takeLocks(copies, lock)
  const held = await after.stillHeld()
  return held.ok ? passLocks(copies, { run: after.plan.run, generation: after.generation }, lock) : held
}

/** What it was given it gives back, of locks that were passed also those that it got before one could not be. */
function giveBack({ plan, copies, after }: JournalStart): Promise<readonly Failure[]> {
  const { run } = plan
  if (after === undefined) return releaseLocks(copies, run)
  const by = { run: after.plan.run, generation: after.generation }
  return passBack(copies, { run, to: by.run, by })
}

async function begin(start: JournalStart): Promise<Result<Journal, Failure>> {
  const { copies, holds = [], holder } = start
  const { run } = start.plan
  for (const place of [...copies, ...holds]) {
    const held = await createHolder(place, { run, generation: 1, holder })
    if (!held.ok) return held
  }
  const journal = holdJournal({ ...start, generation: 1, earlier: [] })
  const written = await journal.write({ kind: 'begun' }, 'every-copy')
  return written.ok ? ok(journal) : written
}

/** The record of a run that did not begin. What cannot be removed now goes when old runs do. */
async function forget({ plan, copies, holds = [] }: JournalStart): Promise<void> {
  await Promise.all(
    [...copies, ...holds].map(({ files, folder }) => files.remove(runFolder({ folder }, plan.run))),
  )
}
