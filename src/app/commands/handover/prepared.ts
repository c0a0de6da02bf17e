import type { Problem, Result } from '../../../core/base/index.ts'
import {
  type CheckOutcome,
  describeStep,
  describeUndo,
  type Plan,
  pointOfNoReturn,
} from '../../../core/plan/index.ts'
import type { PlanDocument, RunDocument } from '../../contract/index.ts'
import type { RunWatch } from '../runs/run.ts'
import { leftOut } from '../session/left-out.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { withSession } from '../session/with-session.ts'

/** An operation that may be run: the person sees it, and says yes or no. */
export type PreparedRun = {
  readonly plan: Plan
  readonly document: PlanDocument
  readonly checks: readonly CheckOutcome[]
  readonly start: (watch: RunWatch) => Promise<Result<RunDocument, readonly Problem[]>>
  readonly close: () => Promise<void>
}

/** Nothing has to be done, and the document says why. */
export type NothingToRun = { readonly document: RunDocument; readonly plan: undefined }

/** Opens a session and prepares something in it. The session is closed here unless there is something that closes it. */
export function prepareInSession<Prepared extends object>(
  options: SessionOptions,
  prepare: (session: Session) => Promise<Result<Prepared, readonly Problem[]>>,
): Promise<Result<Prepared, readonly Problem[]>> {
  return withSession(options, prepare, prepared => 'close' in prepared)
}

export function planDocument(plan: Plan, warnings: readonly string[]): PlanDocument {
  return {
    version: 1,
    document: 'plan',
    run: plan.run,
    operation: plan.operation,
    set: plan.handover?.set ?? null,
    from: plan.handover?.from ?? null,
    to: plan.handover?.to ?? null,
    term: plan.handover?.termAfter ?? null,
    leftOut: leftOut(plan),
    reason: plan.reason ?? null,
    steps: plan.steps.map(step => ({ step: describeStep(step), undo: describeUndo(step) ?? null })),
    noReturn: noReturn(plan),
    warnings,
    choice: null,
    losses: null,
    forks: null,
  }
}

function noReturn({ steps }: Plan): PlanDocument['noReturn'] {
  const point = pointOfNoReturn(steps)
  return point === undefined ? null : { step: point.step + 1, once: point.once }
}

/** What the checks found that does not stop a run, and what can be done about it. */
export function warningsOf(outcomes: readonly CheckOutcome[]): readonly string[] {
  return outcomes.flatMap(({ weight, refusals }) =>
    weight === 'warn'
      ? refusals.map(({ subject, because, remedy }) => `${subject}: ${because}. ${remedy}`)
      : [],
  )
}
