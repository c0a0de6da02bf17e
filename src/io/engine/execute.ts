import { type Clock, type Failure, failure, type Result } from '../../core/base/index.ts'
import { isLeftOut, type Plan, pointOfNoReturn, type Step } from '../../core/plan/index.ts'
import {
  type Direction,
  type Journal,
  type JournalEntry,
  type JournalEvent,
  progressOf,
  type RunOutcome,
  withSignsOfLife,
} from '../journal/index.ts'
import type { RunContext, RunGround } from './context.ts'
import { outcomesIn } from './outcomes.ts'
import { type WritePause, writePauseOf } from './pause/measured-pause.ts'
import { runStep, undoStep } from './runners.ts'

/** What happens, as it happens: for progress on a screen and lines in a log. Steps by index in the plan. */
export type RunEvent =
  | { readonly kind: 'step-began'; readonly step: number; readonly direction: Direction }
  | {
      readonly kind: 'step-done'
      readonly step: number
      readonly direction: Direction
      readonly elapsedMs: number
      readonly remarks: readonly string[]
    }
  | {
      readonly kind: 'step-failed'
      readonly step: number
      readonly direction: Direction
      readonly failure: Failure
    }
  | { readonly kind: 'turned-back'; readonly because: string }

/** How a run ended. `incomplete` keeps its locks: somebody must resume or roll back. */
export type RunEnd =
  | { readonly outcome: 'done'; readonly unwell: boolean; readonly writePause: WritePause | undefined }
  | {
      readonly outcome: 'rolled-back'
      readonly because: string
      readonly failure: Failure | undefined
      readonly writePause: WritePause | undefined
      /** Lost servers, where nothing was taken back. */
      readonly without?: readonly string[]
    }
  | { readonly outcome: 'superseded'; readonly because: string }
  | { readonly outcome: 'incomplete'; readonly problem: Failure }

export type Execution = {
  readonly context: RunGround
  readonly journal: Journal
  readonly onEvent: (event: RunEvent) => void
  /** Servers that are lost, as a person says: what was done there is not taken back. */
  readonly without?: readonly string[] | undefined
}

/** Runs what is left of a plan, forward or back as its journal says; the journal is the only thing it goes by. */
export async function execute(execution: Execution): Promise<RunEnd> {
  const { journal, context } = execution
  const { direction, ended: before } = progressOf(journal.plan, journal.entries())
  if (before !== undefined) return { outcome: 'incomplete', problem: endedBefore(journal.plan.run, before) }
  if (direction === 'back') return goBack(execution, undefined)
  for (const [index, step] of journal.plan.steps.entries()) {
    if (progressOf(journal.plan, journal.entries()).steps[index] === 'done') continue
    if (context.signal.aborted && canGoBack(journal.plan, journal.entries()))
      return turnBack(execution, 'a person stopped it', undefined)
    const done = await doStep(execution, index, step)
    if (done.ok) continue
    if (canGoBack(journal.plan, journal.entries())) return turnBack(execution, done.error.because, done.error)
    return { outcome: 'incomplete', problem: done.error }
  }
  const ended = await journal.write({ kind: 'ended', outcome: 'done' }, 'one-copy')
  if (!ended.ok) return { outcome: 'incomplete', problem: ended.error }
  return { outcome: 'done', unwell: wasUnwell(journal), writePause: writePauseOf(journal) }
}

function endedBefore(subject: string, outcome: RunOutcome): Failure {
  return failure({
    code: 'engine.overtaken',
    subject,
    because: `its journal says that it has ended (${outcome}), so no step of it is done any more`,
    remedy: 'Run `baton status`. If the run still holds the lock of the fleet, `baton resume` releases it.',
  })
}

/** Decides that a run goes back, and takes it there. */
export async function turnBack(
  execution: Execution,
  because: string,
  failure: Failure | undefined,
): Promise<RunEnd> {
  const turned = await execution.journal.write({ kind: 'turned', because }, 'one-copy')
  if (!turned.ok) return { outcome: 'incomplete', problem: turned.error }
  execution.onEvent({ kind: 'turned-back', because })
  return goBack(execution, failure)
}

/** Whether everything can still be put back: the point of no return has not been passed. */
export function canGoBack(plan: Plan, entries: readonly JournalEntry[]): boolean {
  const { steps } = progressOf(plan, entries)
  const point = pointOfNoReturn(plan.steps)
  if (point === undefined) return true
  const progress = steps[point.step]
  return point.once === 'done' ? progress !== 'done' : progress === 'untouched'
}

async function goBack(execution: Execution, failure: Failure | undefined): Promise<RunEnd> {
  const { journal, without = [] } = execution
  const { plan } = journal
  for (let index = plan.steps.length - 1; index >= 0; index--) {
    const progress = progressOf(plan, journal.entries()).steps[index]
    if (progress === 'untouched' || progress === 'undone') continue
    if (isLeftOut(plan.steps[index], without)) continue
    const undone = await undoOne(execution, index)
    if (!undone.ok) return { outcome: 'incomplete', problem: undone.error }
  }
  const because = progressOf(plan, journal.entries()).turnedBecause ?? 'a person rolled it back'
  const ended = await journal.write({ kind: 'ended', outcome: 'rolled-back' }, 'one-copy')
  if (!ended.ok) return { outcome: 'incomplete', problem: ended.error }
  return { outcome: 'rolled-back', because, failure, writePause: writePauseOf(journal), without }
}

/** Intent before, outcome after. A run that was taken over fails at either. */
async function doStep(
  { context, journal, onEvent }: Execution,
  index: number,
  step: (typeof journal.plan.steps)[number],
): Promise<Result<void, Failure>> {
  const { clock } = context.links
  const intended = await journal.write({ kind: 'intent', step: index, direction: 'forward' }, 'every-copy')
  if (!intended.ok) return intended
  onEvent({ kind: 'step-began', step: index, direction: 'forward' })
  const began = clock.elapsed()
  const ran = await withSignsOfLife(journal, () => runStep(contextIn(context, journal, index), step))
  const elapsedMs = Math.round(clock.elapsed() - began)
  if (!ran.ok) {
    await journal.write({ kind: 'failed', step: index, direction: 'forward', failure: ran.error }, 'one-copy')
    onEvent({ kind: 'step-failed', step: index, direction: 'forward', failure: ran.error })
    return ran
  }
  const { remarks, unwell, writesAt, writesElapsed, outcome: found } = ran.value
  const outcome = { step: index, direction: 'forward', elapsedMs, remarks } as const
  const wantsPerson = unwell ? { unwell } : {}
  const recorded = await journal.write(
    { kind: 'done', ...outcome, ...wantsPerson, writesAt, writesElapsed, outcome: found },
    'one-copy',
  )
  if (!recorded.ok) return recorded
  onEvent({ kind: 'step-done', ...outcome })
  return recorded
}

async function undoOne(
  { context, journal, onEvent, without = [] }: Execution,
  index: number,
): Promise<Result<void, Failure>> {
  const step = journal.plan.steps[index]
  if (step === undefined) return { ok: true, value: undefined }
  const intended = await journal.write({ kind: 'intent', step: index, direction: 'back' }, 'one-copy')
  if (!intended.ok) return intended
  onEvent({ kind: 'step-began', step: index, direction: 'back' })
  const began = context.links.clock.elapsed()
  const remarks: string[] = []
  const undone = await withSignsOfLife(journal, () => {
    const outcomes = outcomesIn(journal, index, 'one-copy')
    return undoStep({ ...context, outcomes, without, tell: remark => remarks.push(remark) }, step)
  })
  if (!undone.ok) {
    await journal.write({ kind: 'failed', step: index, direction: 'back', failure: undone.error }, 'one-copy')
    onEvent({ kind: 'step-failed', step: index, direction: 'back', failure: undone.error })
    return undone
  }
  const elapsedMs = Math.round(context.links.clock.elapsed() - began)
  const outcome = { step: index, direction: 'back', elapsedMs, remarks } as const
  const recorded = await journal.write(
    { kind: 'done', ...outcome, ...writesReopened(step, context.links.clock) },
    'one-copy',
  )
  if (!recorded.ok) return recorded
  onEvent({ kind: 'step-done', ...outcome })
  return undone
}

/** Writes are open again once the freeze is taken back. */
function writesReopened(
  { kind }: Step,
  clock: Clock,
): Pick<JournalEvent & { kind: 'done' }, 'writesAt' | 'writesElapsed'> {
  if (kind !== 'freeze') return { writesAt: undefined }
  return { writesAt: clock.now(), writesElapsed: clock.elapsed() }
}

function contextIn(ground: RunGround, journal: Journal, index: number): RunContext {
  return { ...ground, outcomes: outcomesIn(journal, index, 'every-copy') }
}

/** Whether any step of the run, by whomever it was done, wants a person. */
export function wasUnwell(journal: Journal): boolean {
  return journal
    .entries()
    .some(entry => entry.kind === 'done' && entry.direction === 'forward' && entry.unwell === true)
}
