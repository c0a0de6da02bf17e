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
  blankMemory,
  execute,
  holdLinks,
  type RunContext,
  type RunEnd,
  type RunEvent,
  type RunMemory,
  removeStaged,
} from '../../io/engine/index.ts'
import {
  beginRun,
  type HistoryEntry,
  type Journal,
  withSignsOfLife,
  writeHistory,
} from '../../io/journal/index.ts'
import { linkOf, seeMarker, seeState } from '../../io/observe/index.ts'
import type { RunDocument } from '../contract/index.ts'
import { timestamp } from './clock.ts'
import { journalCopies } from './copies.ts'
import { filesReplaced } from './files-replaced.ts'
import { leftOut } from './left-out.ts'
import { currentOperator } from './operator.ts'
import { rejoinDone } from './rejoin-done.ts'
import { tellRescues } from './rejoin-orphans.ts'
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
  readonly memory: RunMemory
  /** Who held the fleet when the checks were asked: `us` where this run goes on from one that we have just ended. */
  readonly heldBy?: 'nobody' | 'us'
}

/** Takes the locks, sees that nothing changed since the checks, and runs the plan to its end. */
export async function startRun(
  session: Session,
  { plan, memory, heldBy = 'nobody' }: RunOrder,
  watch: RunWatch,
): Promise<Result<RunDocument, readonly Problem[]>> {
  const copies = journalCopies(session, plan.handover?.without ?? [])
  const { clock } = session.links
  const journal = await beginRun({ plan, copies, clock, holder: currentOperator() })
  if (!journal.ok) return fail([journal.error])
  const unchanged = heldBy === 'us' ? ok(undefined) : await seeUnchanged(session, plan)
  if (!unchanged.ok) {
    const kept = await journal.value.release()
    return fail([unchanged.error, ...kept])
  }
  return ok(await carryOut(session, { journal: journal.value, memory }, watch))
}

/** Runs a held run to its end and records how it ended. */
export async function carryOut(
  session: Session,
  { journal, memory }: { readonly journal: Journal; readonly memory: RunMemory },
  watch: RunWatch,
): Promise<RunDocument> {
  const context = { ...contextFor(session, journal, watch), memory }
  watch.onPlan(journal.plan)
  const end = await execute({ context, journal, onEvent: watch.onEvent })
  return finishRun(session, journal, end)
}

export function contextFor(
  session: Session,
  journal: Journal,
  { signal, onAsk }: Pick<RunWatch, 'signal' | 'onAsk'>,
): RunContext {
  const { rendered } = session
  const { plan, stillHeld } = journal
  const links = holdLinks(session.links, stillHeld)
  return { plan, links, stillHeld, rendered, signal, memory: blankMemory(), ask: asking => onAsk?.(asking) }
}

/** History first, then the locks: a run that is not in the history still holds the fleet. */
export async function finishRun(session: Session, journal: Journal, end: RunEnd): Promise<RunDocument> {
  const ended = documentOf(journal, end, session.links.clock.now())
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
    return documentOf(journal, { outcome: 'incomplete', problem: held.error }, session.links.clock.now())
  const failures: Failure[] = [...(await writeHistory(journal.copies, historyOf(journal, document, end)))]
  if (failures.length === journal.copies.length) return { ...document, problems: failures }
  failures.push(
    ...(await removeStaged(holdLinks(session.links, journal.stillHeld), journal.plan)),
    ...(await journal.release()),
  )
  return { ...document, problems: [...document.problems, ...failures] }
}

/** Somebody may have passed the role on, or pushed, between the checks and the lock. */
async function seeUnchanged(session: Session, plan: Plan): Promise<Result<void, Refusal | Failure>> {
  for (const { server, files } of filesReplaced(plan)) {
    const digests = await linkOf(session.links, server).host.digests(files.map(({ path }) => path))
    if (!digests.ok) return digests
    const file = files.find(({ path, digestBefore }) => digests.value.get(path) !== digestBefore)
    if (file !== undefined) return fail(changedMeanwhile(server, `${file.path} was changed just now`))
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

function documentOf(journal: Journal, end: RunEnd, now: number): RunDocument {
  const { plan } = journal
  const began = journal.entries()[0]?.at ?? now
  const remarks = journal
    .entries()
    .flatMap(entry => (entry.kind === 'done' && entry.direction === 'forward' ? entry.remarks : []))
  return {
    version: 1,
    document: 'run',
    run: plan.run,
    operation: plan.operation,
    outcome: end.outcome,
    set: plan.handover?.set ?? null,
    from: plan.handover?.from ?? null,
    to: plan.handover?.to ?? null,
    term: plan.handover?.termAfter ?? null,
    leftOut: leftOut(plan),
    elapsedMs: now - began,
    writePauseMs: 'writePauseMs' in end ? (end.writePauseMs ?? null) : null,
    unwell: end.outcome === 'done' && end.unwell,
    because: 'because' in end ? end.because : null,
    remarks,
    rescues: [],
    problems: problemsOf(end),
  }
}

function problemsOf(end: RunEnd): readonly Problem[] {
  if (end.outcome === 'incomplete') return [end.problem]
  return end.outcome === 'rolled-back' && end.failure !== undefined ? [end.failure] : []
}

function historyOf(
  journal: Journal,
  document: RunDocument,
  end: Exclude<RunEnd, { outcome: 'incomplete' }>,
): HistoryEntry {
  const { plan } = journal
  return {
    version: 1,
    run: plan.run,
    fleet: plan.fleet,
    operation: plan.operation,
    set: plan.handover?.set,
    from: plan.handover?.from,
    to: plan.handover?.to,
    term: plan.handover?.termAfter,
    leftOut: document.leftOut.length === 0 ? undefined : document.leftOut,
    fenced: fencingIn(journal),
    by: plan.by,
    reason: plan.reason,
    began: timestamp(journal.entries()[0]?.at ?? 0),
    elapsedMs: document.elapsedMs,
    writePauseMs: document.writePauseMs ?? undefined,
    outcome: end.outcome,
    unwell: document.unwell || undefined,
    because: document.because ?? undefined,
    remarks: document.remarks,
    rescues: document.rescues.length === 0 ? undefined : document.rescues,
  }
}

/** What was done, if it was: a fence that failed kept nobody from writing. */
function fencingIn(journal: Journal): string | undefined {
  const fence = journal.plan.steps.findIndex(({ kind }) => kind === 'fence')
  const [done] = journal
    .entries()
    .flatMap(entry =>
      entry.kind === 'done' && entry.direction === 'forward' && entry.step === fence ? [entry] : [],
    )
  return done?.remarks[0]
}
