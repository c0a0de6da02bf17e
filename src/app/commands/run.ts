import {
  type Failure,
  fail,
  ok,
  type Problem,
  type Refusal,
  type Result,
  refuse,
} from '../../core/base/index.ts'
import type { Plan } from '../../core/plan/index.ts'
import type { Standing } from '../../core/render/index.ts'
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
import { beginRun, type Journal, withSignsOfLife, writeHistory } from '../../io/journal/index.ts'
import { linkOf, seeMarker, seeState } from '../../io/observe/index.ts'
import type { RunDocument } from '../contract/index.ts'
import { journalCopies } from './copies.ts'
import { currentOperator } from './operator.ts'
import { pruneOldRuns } from './prune-old-runs.ts'
import { rejoinDone } from './rejoin-done.ts'
import { tellRescues } from './rejoin-orphans.ts'
import { documentOf, historyOf } from './run-document.ts'
import { heldBesides, type RunRecord, recordOf } from './run-record.ts'
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
}

/** A plan, and what was seen when it was made. */
export type RunOrder = {
  readonly plan: Plan
  /** What the checks of a handover saw, where they were asked just now. */
  readonly checked?: CheckedSerials
  /** Who held the fleet when the checks were asked: `us` where this run goes on from one that we have just ended. */
  readonly heldBy?: 'nobody' | 'us'
}

/** Takes the locks, sees that nothing changed since the checks, and runs the plan to its end. */
export async function startRun(
  session: Session,
  { plan, checked, heldBy = 'nobody' }: RunOrder,
  watch: RunWatch,
): Promise<Result<RunDocument, readonly Problem[]>> {
  const copies = journalCopies(session, plan.handover?.without ?? [])
  const { clock } = session.links
  const record = recordOf(session, plan)
  const { beside } = record
  const holds = heldBesides(session, plan)
  const journal = await beginRun({ plan, copies, holds, beside, clock, holder: currentOperator() })
  if (!journal.ok) return fail([journal.error])
  const unchanged = heldBy === 'us' ? ok(undefined) : await seeUnchanged(session, plan)
  if (!unchanged.ok) {
    const kept = await journal.value.release()
    return fail([unchanged.error, ...kept])
  }
  return ok(await carryOut(session, { journal: journal.value, record, checked }, watch))
}

/** A run that is held, and what it stands on. */
export type HeldRun = {
  readonly journal: Journal
  readonly record: RunRecord
  readonly checked?: CheckedSerials | undefined
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
  { journal, record: { zones, contentOf }, checked }: HeldRun,
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
    checked,
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
  const failures: Failure[] = [...(await writeHistory(journal.copies, historyOf(journal, document, end)))]
  if (failures.length === journal.copies.length) return { ...document, problems: failures }
  const told = await pruneOldRuns(session, journal)
  failures.push(
    ...(await removeStaged(holdLinks(session.links, journal.stillHeld), journal.plan)),
    ...(await journal.release()),
  )
  return {
    ...document,
    remarks: [...document.remarks, ...told],
    problems: [...document.problems, ...failures],
  }
}

/** Somebody may have passed the role on, or pushed, between the checks and the lock. */
async function seeUnchanged(session: Session, plan: Plan): Promise<Result<void, Refusal | Failure>> {
  for (const step of plan.steps) {
    if (step.kind !== 'stage') continue
    const digests = await linkOf(session.links, step.server).host.digests(step.files.map(({ path }) => path))
    if (!digests.ok) return digests
    const file = step.files.find(({ path, digestBefore }) => digests.value.get(path) !== digestBefore)
    if (file !== undefined) return fail(changedMeanwhile(step.server, `${file.path} was changed just now`))
  }
  if (plan.handover === undefined) return ok(undefined)
  const { set, from, to, without, termBefore } = plan.handover
  const standingOf = (name: string) => session.standings.get(name)?.find(standing => standing.set === set)
  if (plan.operation === 'rejoin' || plan.operation === 'resolve')
    return seeStillServes(session, to, { set, role: 'active', term: termBefore })
  if (plan.operation === 'failover') return seeStillServes(session, to, standingOf(to))
  for (const name of [from, to].filter(server => !without.includes(server))) {
    const state = await seeState(linkOf(session.links, name))
    if (!state.ok) return state
    const now = state.value?.sets.get(set)
    const then = standingOf(name)
    if (now === undefined || (now.role === then?.role && now.term === then.term)) continue
    return fail(changedMeanwhile(name, `it is ${now.role} in term ${now.term} now`))
  }
  return ok(undefined)
}

/** After a switch by hand, and of two actives, the state files may well disagree with what their named serves. */
async function seeStillServes(
  { links }: Session,
  server: string,
  then: Pick<Standing, 'set' | 'role' | 'term'> | undefined,
): Promise<Result<void, Refusal | Failure>> {
  if (then === undefined) return ok(undefined)
  const marker = await seeMarker(links, linkOf(links, server), then.set)
  if (!marker.ok) return marker
  const { role, term } = marker.value
  if (role === then.role && term === then.term) return ok(undefined)
  return fail(changedMeanwhile(server, `it is ${role} in term ${term} now`))
}

function changedMeanwhile(subject: string, because: string): Refusal {
  return refuse({
    code: 'cli.changed-meanwhile',
    subject,
    because,
    remedy: 'Look at `baton status` and order it again if it is still wanted.',
  })
}
