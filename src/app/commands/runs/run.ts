import { type Clock, fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { leftOutOf, type Plan } from '../../../core/plan/index.ts'
import {
  type Asking,
  type CheckedSerials,
  execute,
  holdLinks,
  type RunEnd,
  type RunEvent,
  type RunGround,
  removeStaged,
  WritePauseBudget,
} from '../../../io/engine/index.ts'
import {
  beginRun,
  type Journal,
  readRun,
  takeOverRun,
  withSignsOfLife,
  writeHistory,
} from '../../../io/journal/index.ts'
import type { RunDocument } from '../../contract/index.ts'
import { endFences } from '../failover/end-fences.ts'
import { seeUnchanged } from '../handover/see-unchanged.ts'
import { tellStillActive } from '../handover/still-active.ts'
import { leftBehind, releaseBesides, tellLeftBehind } from '../rejoin/left-behind.ts'
import { rejoinDone } from '../rejoin/rejoin-done.ts'
import { tellRescues } from '../rejoin/rejoin-orphans.ts'
import { journalCopies } from '../session/copies.ts'
import { currentOperator } from '../session/operator.ts'
import type { Session } from '../session/session.ts'
import { pruneOldRuns } from './prune-old-runs.ts'
import { documentOf, historyOf } from './run-document.ts'
import { heldBesides, type RunRecord, recordOfRun } from './run-record.ts'

/** How a run is watched and stopped from outside. */
export type RunWatch = {
  /** Aborted by Ctrl-C: what can be taken back is taken back. */
  readonly signal: AbortSignal
  /** Told what the run is, before the first step. */
  readonly onPlan: (plan: Plan) => void
  readonly onEvent: (event: RunEvent) => void
  /** Told when a step waits for something that a person has to do. */
  readonly onAsk?: (asking: Asking) => void
  /** Whether a person took time to say yes; a script, that says it beforehand, takes none. */
  readonly yes?: 'given-by-a-person' | 'given-before'
}

/** A plan, and what was seen when it was made. */
export type RunOrder = {
  readonly plan: Plan
  /** What the checks of a handover saw, so that the run need not look twice. */
  readonly seen?: CheckedSerials
  /** The run from which this one goes on, which we hold. */
  readonly after?: Journal | undefined
  /** The checks once more, while the locks are ours; by the clock, when they were asked. */
  readonly checked: { readonly at: number; readonly again: AskAgain }
}

/** Asks the checks of an operation once more: a person may have taken an hour over the plan. */
export type AskAgain = () => Promise<Result<void, readonly Problem[]>>

/** How long the answers of the checks are good, in milliseconds, where nobody was asked for a yes in between. */
const CHECKS_GOOD_MS = 2000

/** Takes the locks, sees that nothing changed since the checks, and runs the plan to its end. */
export async function startRun(
  session: Session,
  order: RunOrder,
  watch: RunWatch,
): Promise<Result<RunDocument, readonly Problem[]>> {
  const { plan, seen, after } = order
  const copies = journalCopies(session, leftOutOf(plan))
  const { clock } = session.links
  const record = recordOfRun(session, plan)
  const { beside } = record
  const holds = heldBesides(session, plan)
  const holder = currentOperator()
  const journal = await beginRun({ plan, copies, holds, beside, clock, holder, after })
  if (!journal.ok) return fail([journal.error])
  const still = await withSignsOfLife(journal.value, async () => {
    const unchanged = after !== undefined ? ok(undefined) : await seeUnchanged(session, plan)
    return unchanged.ok ? askAgain(order, watch, clock) : fail([unchanged.error])
  })
  if (!still.ok) {
    // A run that is over for good: it is found by nobody who looks for what a damaged lock may be of.
    await journal.value.write({ kind: 'ended', outcome: 'rolled-back' }, 'one-copy')
    const kept = await journal.value.giveBack()
    return fail([...still.error, ...kept])
  }
  return ok(await carryOut(session, { journal: journal.value, record, seen }, watch))
}

/** A run that is held, and what it stands on. */
export type HeldRun = {
  readonly journal: Journal
  readonly record: RunRecord
  readonly seen?: CheckedSerials | undefined
}

/** What was well when a person began to read may not be when the yes comes. Under the locks it stays as it is seen. */
async function askAgain(
  { checked }: RunOrder,
  { yes }: RunWatch,
  clock: Clock,
): Promise<Result<void, readonly Problem[]>> {
  const isFresh = yes !== 'given-by-a-person' && clock.elapsed() - checked.at < CHECKS_GOOD_MS
  return isFresh ? ok(undefined) : checked.again()
}

/** Runs a held run to its end and records how it ended. */
export async function carryOut(session: Session, held: HeldRun, watch: RunWatch): Promise<RunDocument> {
  const { journal } = held
  const context = groundFor(session, held, watch)
  watch.onPlan(journal.plan)
  const end = await execute({ context, journal, onEvent: watch.onEvent })
  return finishRun(session, journal, end)
}

export function groundFor(
  session: Session,
  { journal, record: { zones, contentOf }, seen }: HeldRun,
  { signal, onAsk }: Pick<RunWatch, 'signal' | 'onAsk'>,
): RunGround {
  const { plan, stillHeld, generation, passedOver } = journal
  const { clock, fleet } = session.links
  return {
    plan,
    zones,
    contentOf,
    links: holdLinks(session.links, stillHeld),
    generation,
    passedOver,
    stillHeld,
    signal,
    checked: seen,
    pause: new WritePauseBudget(clock, fleet.policy.writePauseMaxS * 1000),
    ask: asking => onAsk?.(asking),
  }
}

/** A run as it ended, and whether its end is on record and its locks were given away. */
type Finished = { readonly document: RunDocument; readonly locks: 'kept' | 'given-away' }

/** Records how a run ended, and lets go of the fleet. */
export async function finishRun(session: Session, journal: Journal, end: RunEnd): Promise<RunDocument> {
  return (await finish(session, journal, end)).document
}

/**
 * History first, then the run from which it went on, then the locks: what is not in the history still holds the fleet, since a server that
 * was lost may come back with its lock.
 */
async function finish(session: Session, journal: Journal, end: RunEnd): Promise<Finished> {
  const ended = documentOf(journal, end, session.links.clock)
  if (end.outcome === 'incomplete') return { document: ended, locks: 'kept' }
  const rejoin = rejoinDone(ended)
  const document =
    rejoin === undefined
      ? ended
      : await withSignsOfLife(journal, async () =>
          tellStillActive(session, rejoin, await tellRescues(session, rejoin, ended)),
        )
  // It may have been taken over since its last line; whoever did so records it and lets go.
  const held = await journal.stillHeld()
  if (!held.ok)
    return {
      document: documentOf(journal, { outcome: 'incomplete', problem: held.error }, session.links.clock),
      locks: 'kept',
    }
  const failures: Problem[] = [...(await writeHistory(journal.copies, historyOf(journal, document, end)))]
  if (failures.length === journal.copies.length)
    return { document: { ...document, problems: failures }, locks: 'kept' }
  const { supersedes } = journal.plan
  if (supersedes !== undefined && end.outcome !== 'rolled-back') {
    const before = await endSuperseded(session, journal, supersedes)
    failures.push(...before.problems)
    if (before.locks === 'kept') {
      const open = `${supersedes}, from which this run went on, could not be ended: the locks stay until \`baton resume\` does it`
      const problems = [...document.problems, ...failures]
      return { document: { ...document, remarks: [...document.remarks, open], problems }, locks: 'kept' }
    }
  }
  const behind = leftBehind(end)
  const told = await pruneOldRuns(session, journal)
  failures.push(
    ...(end.outcome === 'superseded' ? [] : await endFences(session, journal, end.outcome)),
    ...(await removeStaged(holdLinks(session.links, journal.stillHeld), journal.plan, behind)),
    ...(await (end.outcome === 'rolled-back' ? journal.giveBack() : journal.release())),
  )
  const left = tellLeftBehind(journal.plan, end, await releaseBesides(session, journal))
  const remarks = [...document.remarks, ...left, ...told]
  const problems = [...document.problems, ...failures]
  return { document: { ...document, remarks, problems }, locks: 'given-away' }
}

type Superseded = Pick<Finished, 'locks'> & { readonly problems: readonly Problem[] }

/**
 * Ends the run from which this one went on: its journal and the history say by whom it was ended, and why. Until they do this one keeps the
 * fleet, and whoever resumes it tries again.
 */
async function endSuperseded(
  session: Session,
  { plan: by, copies: mine }: Journal,
  run: string,
): Promise<Superseded> {
  const found = await readRun(mine, { run })
  if (!found.ok) return keepsLocks(found.error)
  if (found.value === undefined) return { locks: 'given-away', problems: [] }
  const { plan, entries } = found.value
  const copies = mine.filter(({ name }) => !leftOutOf(plan).includes(name))
  const { clock } = session.links
  const holder = currentOperator()
  const journal = await takeOverRun({ plan, copies, clock, holder, entries, locks: 'passed', before: 'gone' })
  if (!journal.ok) return keepsLocks(journal.error)
  const lost = plan.operation === 'failover' ? plan.handover?.to : by.handover?.from
  const because = `${lost} was lost, and ${by.run} by ${by.by} took over`
  const outcome = 'superseded'
  const ended = await journal.value.write({ kind: 'ended', outcome, because }, 'one-copy')
  if (!ended.ok) return keepsLocks(ended.error)
  const { document, locks } = await finish(session, journal.value, { outcome, because })
  return { locks, problems: document.problems }
}

function keepsLocks(problem: Problem): Superseded {
  return { locks: 'kept', problems: [problem] }
}
