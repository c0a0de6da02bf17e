import { type Clock, fail, ok, type Problem, type Result } from '../../core/base/index.ts'
import { leftOutOf, type Plan } from '../../core/plan/index.ts'
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
} from '../../io/engine/index.ts'
import {
  beginRun,
  type Journal,
  readRun,
  takeOverRun,
  withSignsOfLife,
  writeHistory,
} from '../../io/journal/index.ts'
import type { RunDocument } from '../contract/index.ts'
import { journalCopies } from './copies.ts'
import { endFences } from './end-fences.ts'
import { leftBehind, releaseBesides, tellLeftBehind } from './left-behind.ts'
import { currentOperator } from './operator.ts'
import { pruneOldRuns } from './prune-old-runs.ts'
import { rejoinDone } from './rejoin-done.ts'
import { tellRescues } from './rejoin-orphans.ts'
import { documentOf, historyOf } from './run-document.ts'
import { heldBesides, type RunRecord, recordOf } from './run-record.ts'
import { seeUnchanged } from './see-unchanged.ts'
import type { Session } from './session.ts'
import { tellStillActive } from './still-active.ts'

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
  const record = recordOf(session, plan)
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
  const { plan, stillHeld, generation } = journal
  const { clock, fleet } = session.links
  return {
    plan,
    zones,
    contentOf,
    links: holdLinks(session.links, stillHeld),
    generation,
    stillHeld,
    signal,
    checked: seen,
    pause: new WritePauseBudget(clock, fleet.policy.writePauseMaxS * 1000),
    ask: asking => onAsk?.(asking),
  }
}

/** History first, then the locks: a run that is not in the history still holds the fleet. */
export async function finishRun(session: Session, journal: Journal, end: RunEnd): Promise<RunDocument> {
  const ended = documentOf(journal, end, session.links.clock)
  if (end.outcome === 'incomplete') return ended
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
    return documentOf(journal, { outcome: 'incomplete', problem: held.error }, session.links.clock)
  const failures: Problem[] = [...(await writeHistory(journal.copies, historyOf(journal, document, end)))]
  if (failures.length === journal.copies.length) return { ...document, problems: failures }
  const { supersedes } = journal.plan
  if (supersedes !== undefined && end.outcome !== 'rolled-back')
    failures.push(...(await endSuperseded(session, journal, supersedes)))
  const behind = leftBehind(end)
  const told = await pruneOldRuns(session, journal)
  failures.push(
    ...(end.outcome === 'superseded' ? [] : await endFences(session, journal, end.outcome)),
    ...(await removeStaged(holdLinks(session.links, journal.stillHeld), journal.plan, behind)),
    ...(await (end.outcome === 'rolled-back' ? journal.giveBack() : journal.release())),
  )
  const left = tellLeftBehind(journal.plan, end, await releaseBesides(session, journal))
  return {
    ...document,
    remarks: [...document.remarks, ...left, ...told],
    problems: [...document.problems, ...failures],
  }
}

/** Ends the run from which this one went on: its journal and the history say by whom it was ended, and why. */
async function endSuperseded(
  session: Session,
  { plan: by }: Journal,
  run: string,
): Promise<readonly Problem[]> {
  const mine = journalCopies(session, leftOutOf(by))
  const found = await readRun(mine, { run })
  if (!found.ok) return [found.error]
  if (found.value === undefined) return []
  const { plan, entries } = found.value
  const without = [...leftOutOf(by), ...leftOutOf(plan)]
  const copies = journalCopies(session, without)
  const { clock } = session.links
  const holder = currentOperator()
  const journal = await takeOverRun({ plan, copies, clock, holder, entries, locks: 'passed' })
  if (!journal.ok) return [journal.error]
  const lost = plan.operation === 'failover' ? plan.handover?.to : by.handover?.from
  const because = `${lost} was lost, and ${by.run} by ${by.by} took over`
  const outcome = 'superseded'
  const ended = await journal.value.write({ kind: 'ended', outcome, because }, 'one-copy')
  if (!ended.ok) return [ended.error]
  return (await finishRun(session, journal.value, { outcome, because })).problems
}
