import type { Clock, Problem } from '../../../core/base/index.ts'
import type { RunEnd } from '../../../io/engine/index.ts'
import type { HistoryEntry, Journal } from '../../../io/journal/index.ts'
import type { RunDocument } from '../../contract/index.ts'
import { leftBehind } from '../rejoin/left-behind.ts'
import { timestamp } from '../session/clock.ts'
import { leftOut } from '../session/left-out.ts'

/** What people and programs are told of a run, as its journal and its end have it. */
export function documentOf(journal: Journal, end: RunEnd, clock: Clock): RunDocument {
  const { plan } = journal
  const pause = 'writePause' in end ? end.writePause : undefined
  const remarks = journal.entries().flatMap(entry => (entry.kind === 'done' ? entry.remarks : []))
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
    leftOut: [...leftOut(plan), ...leftBehind(end)],
    elapsedMs: elapsedSince(journal, clock),
    writePauseMs: pause?.is === 'measured' ? pause.ms : null,
    writePauseAtLeastMs: pause?.is === 'at-least' ? pause.ms : null,
    unwell: end.outcome === 'done' && end.unwell,
    because: 'because' in end ? end.because : null,
    remarks,
    rescues: [],
    problems: problemsOf(end),
  }
}

/** By the clock that nobody can set, where this process began the run; otherwise by times of day, which may have been set. */
function elapsedSince(journal: Journal, clock: Clock): number {
  const [first] = journal.entries()
  if (first === undefined) return 0
  return first.generation === journal.generation && first.elapsed !== undefined
    ? Math.round(clock.elapsed() - first.elapsed)
    : Math.max(0, clock.now() - first.at)
}

function problemsOf(end: RunEnd): readonly Problem[] {
  if (end.outcome === 'incomplete') return [end.problem]
  return end.outcome === 'rolled-back' && end.failure !== undefined ? [end.failure] : []
}

export function historyOf(
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
    writePauseAtLeastMs: document.writePauseAtLeastMs ?? undefined,
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
