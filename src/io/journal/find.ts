import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import type { Plan } from '../../core/plan/index.ts'
import type { JournalCopy } from './copy.ts'
import type { JournalEntry } from './entry.ts'
import { type HistoryEntry, readHistory } from './history.ts'
import { type Lock, readLocks, UNREADABLE } from './lock.ts'
import type { Progress } from './progress.ts'
import { failuresOf, RESTORE, type Reading, unreadRecord, valuesRead } from './reading.ts'
import { type RecordedRun, readRun } from './record.ts'
import { listRuns } from './runs.ts'

/** A run as its copies tell it. */
export type FoundRun = {
  readonly lock: Lock
  /** Nothing where every peer was seen to have none, and no journal: then nothing was done. */
  readonly plan: Plan | undefined
  readonly entries: readonly JournalEntry[]
  readonly progress: Progress | undefined
  /** Copies of which a part could not be read, or is damaged: others had what they lack. */
  readonly unread: readonly Failure[]
}

export type FindOptions = {
  /**
   * Peers that are fenced or left out by name: what they hold is not known, and nobody waits for it. A failover may go on
   * over that; whoever gives locks back may not, and names none.
   */
  readonly leftOut?: readonly string[] | undefined
}

/**
 * The run that holds the fleet, if one does. Nothing means that every peer but those left out was seen to have no lock.
 * Whatever else could not be read, and no other copy tells, is a failure, and the locks stay.
 */
export async function findUnfinishedRun(
  copies: readonly JournalCopy[],
  { leftOut = [] }: FindOptions = {},
): Promise<Result<FoundRun | undefined, Failure>> {
  const locks = await readLocks(copies)
  const waited = locks.filter(({ copy }) => !leftOut.includes(copy.name))
  const [newer] = failuresOf(waited, ['newer'])
  if (newer !== undefined) return fail(newer)
  const unseen = failuresOf(waited, ['unreadable'])
  const held = heldRuns(locks)
  const damaged = failuresOf(waited, ['damaged'])
  if (held.length === 0 && damaged.length === 0)
    return unseen.length === 0 ? ok(undefined) : fail(unreadRecord('baton/lock', unseen))
  const asked = copies.filter(({ name }) => !leftOut.includes(name))
  const candidates = await candidatesIn(asked, { held, damaged })
  if (!candidates.ok) return candidates
  const found: FoundRun[] = []
  for (const lock of candidates.value) {
    const { run, plan, holder } = lock
    const record = await readRun(copies, { run, plan, by: holder, leftOut })
    if (!record.ok) return record
    found.push(await asHistoryTells(copies, foundRun(lock, record.value)))
  }
  const standing = found.filter(run => !isPassedOn(run, found, held))
  const live = standing.filter(isLive)
  if (live.length > 1) return fail(twoRuns(live, locks))
  const one = live[0] ?? standing.find(({ lock }) => held.includes(lock))
  if (one !== undefined) {
    const lost = one.plan === undefined ? await seePlanLost(asked, one.lock) : undefined
    return lost === undefined ? ok(withPlanned(one)) : fail(lost)
  }
  if (found.length === 0) return fail(unreadRecord('baton/lock', damaged))
  // Every run that any peer has on record is over: a damaged lock is what one of them left.
  return unseen.length === 0 ? ok(foundRun(UNREADABLE, undefined)) : fail(unreadRecord('baton/lock', unseen))
}

/**
 * Of a lock whose run has neither plan nor journal anywhere. Only where no plan was ever written had the run not done anything: a lock
 * that carries the digest of one says that it was, and one beside another run that is unfinished may name the wrong run.
 */
async function seePlanLost(asked: readonly JournalCopy[], { run, plan }: Lock): Promise<Failure | undefined> {
  const runs = await listRuns(asked.filter(({ locked }) => locked))
  if (!runs.ok) return unreadRecord(run, [runs.error])
  const others: string[] = []
  const histories = new Map<string, readonly HistoryEntry[]>()
  for (const name of runs.value) {
    const record = await readRun(asked, { run: name })
    if (!record.ok) return record.error
    if (record.value === undefined) continue
    const { fleet } = record.value.plan
    const entries = histories.get(fleet) ?? (await readHistory(asked, fleet)).entries
    histories.set(fleet, entries)
    if (entries.some(told => told.run === run)) return undefined
    if (isLive(record.value) && !entries.some(told => told.run === name)) others.push(name)
  }
  if (plan === undefined && others.length === 0) return undefined
  const beside = others.length === 0 ? '' : `; unfinished on record: ${others.join(', ')}`
  return failure({
    code: 'engine.record-damaged',
    subject: run,
    because: `baton/lock names the run ${run}, of which no copy has a plan${beside}`,
    remedy:
      others.length === 0
        ? RESTORE
        : `If the name in baton/lock is damaged, empty the file on every peer that has it so: \`baton status\` then finds the run that is on record. ${RESTORE}`,
  })
}

/** Each run that holds a peer, once. */
function heldRuns(locks: readonly Reading<Lock>[]): readonly Lock[] {
  const byRun = new Map<string, Lock>()
  for (const lock of valuesRead(locks)) if (byRun.get(lock.run)?.plan === undefined) byRun.set(lock.run, lock)
  return [...byRun.values()]
}

/** A damaged lock does not say whose it is: it may be of any run that a peer has on record. */
async function candidatesIn(
  copies: readonly JournalCopy[],
  { held, damaged }: { readonly held: readonly Lock[]; readonly damaged: readonly Failure[] },
): Promise<Result<readonly Lock[], Failure>> {
  if (damaged.length === 0) return ok(held)
  const runs = await listRuns(copies.filter(({ locked }) => locked))
  if (!runs.ok) return fail(unreadRecord('baton/lock', [...damaged, runs.error]))
  const others = runs.value.filter(run => !held.some(lock => lock.run === run))
  return ok([...held, ...others.map(run => ({ ...UNREADABLE, run }))])
}

function foundRun(lock: Lock, record: RecordedRun | undefined): FoundRun {
  return record === undefined
    ? { lock, plan: undefined, entries: [], progress: undefined, unread: [] }
    : { lock, ...record }
}

/**
 * A server that was left out comes back with its part of the record: that the run has ended stands in the history of the others, which
 * outlasts their own part of it. A history that can't be read keeps whoever takes the run over from it.
 */
async function asHistoryTells(copies: readonly JournalCopy[], found: FoundRun): Promise<FoundRun> {
  const { plan, progress } = found
  if (plan === undefined || progress === undefined || progress.ended !== undefined) return found
  const { entries } = await readHistory(copies, plan.fleet)
  const told = entries.find(({ run }) => run === plan.run)
  if (told === undefined) return found
  return { ...found, progress: { ...progress, ended: told.outcome, endedBecause: told.because } }
}

/** Whether another run has its locks, or some of them, and will end it or give them back: that one is to be ended first. */
function isPassedOn({ lock }: FoundRun, found: readonly FoundRun[], held: readonly Lock[]): boolean {
  return found.some(
    other => other.plan?.supersedes === lock.run && (held.includes(other.lock) || isLive(other)),
  )
}

/** Something was begun, and has not ended. */
export function isLive({ entries, progress }: Pick<FoundRun, 'entries' | 'progress'>): boolean {
  return entries.length > 0 && progress?.ended === undefined
}

/** What a damaged lock cannot say of its run, the plan does. */
function withPlanned(found: FoundRun): FoundRun {
  const { plan, lock } = found
  if (plan === undefined || lock.holder !== UNREADABLE.holder) return found
  const { run, operation, by, created } = plan
  return { ...found, lock: { run, operation, holder: by, since: created } }
}

function twoRuns(live: readonly FoundRun[], locks: readonly Reading<Lock>[]): Failure {
  const told = live.map(({ lock, plan }) => {
    const servers = locks.flatMap(reading =>
      reading.kind === 'read' && reading.value.run === lock.run ? [reading.copy.name] : [],
    )
    const { operation, by } = plan ?? { operation: lock.operation, by: lock.holder }
    return `${operation} ${lock.run} by ${by}${servers.length === 0 ? '' : ` (holds ${servers.join(', ')})`}`
  })
  return failure({
    code: 'engine.two-runs',
    subject: 'baton/lock',
    because: `${told.length} runs are unfinished at once: ${told.join('; ')}`,
    remedy:
      'See with `baton status` how the servers stand, decide which run is to be ended, and move `baton/runs/RUN` of the other one away on every server, and `baton/lock` where that one holds it. Then `baton resume` or `baton rollback`.',
  })
}
