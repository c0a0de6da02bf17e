import { fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { describeStep, describeUndo, isLeftOut } from '../../../core/plan/index.ts'
import { canGoBack } from '../../../io/engine/index.ts'
import type { FoundRun, JournalEntry } from '../../../io/journal/index.ts'
import type { UnfinishedDocument, UnfinishedRun, UnfinishedStep } from '../../contract/index.ts'
import { timestamp } from '../session/clock.ts'
import type { SessionOptions } from '../session/session.ts'
import { type FindingOptions, withFoundRun } from '../session/with-found-run.ts'
import { hindranceTo, type Way } from './unfinished.ts'

/** Finds the run that holds the fleet, and touches nothing. */
export function describeUnfinished(
  options: FindingOptions,
): Promise<Result<UnfinishedRun, readonly Problem[]>> {
  return withFoundRun(options, async (_, { found }) => ok(describeRun(found)))
}

/** What `resume` or `rollback` would do, or why it would refuse. */
export function previewUnfinished(
  options: SessionOptions & {
    readonly way: Way
    readonly takeOver: boolean
    /** Lost servers, where nothing would be taken back. */
    readonly without?: readonly string[]
  },
): Promise<Result<UnfinishedDocument, readonly Problem[]>> {
  const { way, takeOver, without = [] } = options
  return withFoundRun({ ...options, leftOut: without }, async (session, { found }) => {
    const life = takeOver ? 'not-asked' : 'watched'
    const hindrance = await hindranceTo(session, found, { way, without, life })
    if (hindrance !== undefined) return fail([hindrance])
    const run = describeRun(found)
    const steps = run.steps.filter((_, index) => !isLeftOut(found.plan?.steps[index], without))
    const isBack = options.way === 'back' || run.direction === 'back'
    const ahead = found.progress?.ended === undefined ? (isBack ? stepsBack(steps) : stepsForward(steps)) : []
    return ok({ version: 1, document: 'unfinished', ...run, ahead })
  })
}

export function describeRun({ lock, plan, entries, progress }: FoundRun): UnfinishedRun {
  return {
    run: lock.run,
    operation: lock.operation,
    holder: lock.holder,
    since: lock.since,
    direction: progress?.direction ?? 'forward',
    from: plan?.handover?.from ?? null,
    to: plan?.handover?.to ?? null,
    term: plan?.handover?.termAfter ?? null,
    reason: plan?.reason ?? null,
    steps: (plan?.steps ?? []).map((step, index) => ({
      step: describeStep(step),
      undo: describeUndo(step) ?? null,
      progress: progress?.steps[index] ?? 'untouched',
    })),
    returnable: plan === undefined || canGoBack(plan, entries),
    writesStopped: writesStopped({ plan, entries }),
  }
}

/** The newest word on writes in the journal: the freeze stops them, all else that names a time opens them. */
function writesStopped({ plan, entries }: Pick<FoundRun, 'plan' | 'entries'>): string | null {
  const last = entries.findLast(tellsOfWrites)
  // A promotion that was taken back so far that the old active is open again says so itself.
  if (last?.kind !== 'done' || last.writesAt === undefined) return null
  const isFreeze = plan?.steps[last.step]?.kind === 'freeze' && last.direction === 'forward'
  return isFreeze ? timestamp(last.writesAt) : null
}

function tellsOfWrites(entry: JournalEntry): boolean {
  if (entry.kind === 'found') return entry.outcome.opened !== undefined
  return entry.kind === 'done' && entry.writesAt !== undefined
}

function stepsForward(steps: UnfinishedRun['steps']): readonly string[] {
  return steps.filter(({ progress }) => progress !== 'done').map(({ step }) => step)
}

function stepsBack(steps: UnfinishedRun['steps']): readonly string[] {
  return steps
    .filter(wantsUndoing)
    .toReversed()
    .map(({ undo }) => undo)
}

function wantsUndoing(step: UnfinishedStep): step is UnfinishedStep & { undo: string } {
  return step.undo !== null && (step.progress === 'begun' || step.progress === 'done')
}
