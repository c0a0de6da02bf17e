import {
  type Clock,
  type Failure,
  fail,
  failure,
  ok,
  type Refusal,
  type Result,
  refuse,
} from '../../core/base/index.ts'
import type { Plan } from '../../core/plan/index.ts'
import { entriesPath, JOURNAL_MODE, type JournalCopy, planPath } from './copy.ts'
import { type JournalEntry, type JournalEvent, mergeEntries, printEntry } from './entry.ts'
import { createHolder, type Holder, newestGeneration, readHolder } from './holder.ts'
import { type Lock, releaseLocks, takeLocks } from './lock.ts'
import { passLocks } from './pass-locks.ts'
import { readEntries } from './read-entries.ts'

/** A run that is held: what is written here is on disk, in every copy, before the call returns. */
export type Journal = {
  readonly plan: Plan
  readonly copies: readonly JournalCopy[]
  /** Everything written so far, from this holder and from those before. */
  readonly entries: () => readonly JournalEntry[]
  /**
   * Forward, every copy must take the line. On the way back one copy is enough: a full disk must not stop an undo. Nothing
   * is written, nor released, once somebody else holds the run (`engine.overtaken`).
   */
  readonly write: (event: JournalEvent, need: CopiesNeeded) => Promise<Result<void, Failure>>
  /** Whether nobody else has taken the run over meanwhile; `engine.overtaken`, with who it was, when somebody has. */
  readonly stillHeld: () => Promise<Result<void, Failure>>
  /** Removes the locks; the record stays. */
  readonly release: () => Promise<readonly Failure[]>
}

export type CopiesNeeded = 'every-copy' | 'one-copy'

export type JournalStart = {
  readonly plan: Plan
  readonly copies: readonly JournalCopy[]
  readonly clock: Clock
  readonly holder: Holder
  /** The run from which this one goes on: its locks become those of this one, so that nobody comes between. */
  readonly after?: Journal | undefined
}

/** Records the plan and takes the fleet: here first, then the locks, then on every peer. */
export async function beginRun(start: JournalStart): Promise<Result<Journal, Refusal | Failure>> {
  const { plan, copies } = start
  for (const copy of copies.filter(({ locked }) => !locked)) {
    const recorded = await recordPlan(copy, plan)
    if (!recorded.ok) return recorded
  }
  const { run, operation, by, created } = plan
  const { pid } = start.holder
  const lock = { run, operation, holder: by, process: pid, since: created }
  const locked = await lockFor(start, lock)
  if (!locked.ok) return locked
  const journal = journalOf({ ...start, generation: 1, earlier: [] })
  const recorded = await recordEverywhere(start, journal)
  if (recorded.ok) return ok(journal)
  await releaseLocks(copies, run)
  return recorded
}

async function lockFor(
  { copies, after }: JournalStart,
  lock: Lock,
): Promise<Result<void, Refusal | Failure>> {
  if (after === undefined) return takeLocks(copies, lock)
  const held = await after.stillHeld()
  return held.ok ? passLocks(copies, after.plan.run, lock) : held
}

async function recordEverywhere(start: JournalStart, journal: Journal): Promise<Result<void, Failure>> {
  for (const copy of start.copies) {
    const recorded = copy.locked ? await recordPlan(copy, start.plan) : ok(undefined)
    if (!recorded.ok) return recorded
    const held = await createHolder(copy, { run: start.plan.run, generation: 1, holder: start.holder })
    if (!held.ok) return held
  }
  return journal.write({ kind: 'begun' }, 'every-copy')
}

export type TakeOver = JournalStart & {
  readonly entries: readonly JournalEntry[]
}

/** Becomes the holder of a run that somebody began: the holder file of the next generation is created by one alone. */
export async function takeOverRun(take: TakeOver): Promise<Result<Journal, Refusal | Failure>> {
  const { run } = take.plan
  const written = Math.max(0, ...take.entries.map(entry => entry.generation))
  const generation = 1 + Math.max(written, await newestGeneration(take.copies, run))
  for (const copy of take.copies) {
    const held = await createHolder(copy, { run, generation, holder: take.holder })
    if (held.ok) continue
    if (held.error.code === 'hosts.exists') return fail(refuseOvertaken(run))
    return held
  }
  // Whoever held it may have written on until the holder files stood.
  const entries = mergeEntries([take.entries, ...(await readEntries(take.copies, run))])
  for (const copy of take.copies) {
    const recorded = await recordPlan(copy, take.plan)
    if (!recorded.ok) return recorded
    // A crash may have torn the last line; what follows must not be glued to it.
    const separated = await copy.files.append(journalLine(copy, run, '\n'))
    if (!separated.ok) return separated
  }
  const journal = journalOf({ ...take, generation, earlier: entries })
  const latest = entries.at(-1)
  const last = latest && { generation: latest.generation, sequence: latest.sequence }
  const noted = await journal.write({ kind: 'taken-over', by: take.holder.by, last }, 'one-copy')
  return noted.ok ? ok(journal) : noted
}

type Holding = JournalStart & { readonly generation: number; readonly earlier: readonly JournalEntry[] }

function journalOf({ plan, copies, clock, generation, earlier }: Holding): Journal {
  const entries = [...earlier]
  let sequence = 0
  let turn: Promise<unknown> = Promise.resolve()
  const stillHeld = async (): Promise<Result<void, Failure>> => {
    const newest = await newestGeneration(copies, plan.run)
    return newest > generation ? fail(await overtaken(copies, plan.run)) : ok(undefined)
  }
  const writeNow = async (event: JournalEvent, need: CopiesNeeded): Promise<Result<void, Failure>> => {
    const held = await stillHeld()
    if (!held.ok) return held
    const entry: JournalEntry = { generation, sequence: sequence++, at: clock.now(), ...event }
    const line = printEntry(entry)
    const written = await Promise.all(
      copies.map(copy => copy.files.append(journalLine(copy, plan.run, line))),
    )
    const failed = written.flatMap(result => (result.ok ? [] : [result.error]))
    const [first] = failed
    if (first !== undefined && (need === 'every-copy' || failed.length === copies.length)) return fail(first)
    entries.push(entry)
    return ok(undefined)
  }
  return {
    plan,
    copies,
    entries: () => entries,
    // One line after another: a sign of life may come while a step ends.
    async write(event, need) {
      const mine = turn.then(() => writeNow(event, need))
      turn = mine.catch(() => 'the caller has the defect; the next line gets its turn')
      return mine
    },
    stillHeld,
    async release() {
      const held = await stillHeld()
      return held.ok ? releaseLocks(copies, plan.run) : [held.error]
    },
  }
}

function journalLine(copy: JournalCopy, run: string, content: string) {
  return { path: entriesPath(copy, run), content, mode: JOURNAL_MODE, user: undefined }
}

function recordPlan(copy: JournalCopy, plan: Plan): Promise<Result<void, Failure>> {
  const content = `${JSON.stringify(plan, undefined, 1)}\n`
  return copy.files.replace({ path: planPath(copy, plan.run), content, mode: PLAN_MODE, user: undefined })
}

/** A base configuration may hold keys, and a plan holds the `named.conf` that is made of it. */
const PLAN_MODE = 0o600

function refuseOvertaken(run: string): Refusal {
  return refuse({
    code: 'engine.overtaken',
    subject: run,
    because: 'somebody else has taken it over just now',
    remedy: '`baton status` shows who; leave the run to them.',
  })
}

async function overtaken(copies: readonly JournalCopy[], run: string): Promise<Failure> {
  const holder = await readHolder(copies, run)
  const who = holder === undefined ? 'somebody else' : `${holder.by} (process ${holder.pid})`
  return failure({
    code: 'engine.overtaken',
    subject: run,
    because: `${who} has taken it over, so this process changes nothing more`,
    remedy: '`baton status` and `baton history` show what became of it; leave the run to them.',
  })
}

/** For a plan that no copy can produce: nothing can have been done, because every copy has it before the first step. */
export function noPlanFailure(run: string): Failure {
  return failure({
    code: 'engine.plan-missing',
    subject: run,
    because: 'no copy of its plan can be read, here or on a peer',
    remedy: 'If every peer was asked, nothing was done yet: `baton rollback` gives the lock back.',
  })
}
