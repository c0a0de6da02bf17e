import { fail, ok, type Problem, type Result } from '../../core/base/index.ts'
import { describeStep } from '../../core/plan/index.ts'
import { findUnfinishedRun, type StepProgress } from '../../io/journal/index.ts'
import { journalCopies } from './copies.ts'
import { openSession, type SessionOptions } from './session.ts'
import { nothingUnfinished } from './unfinished.ts'

/** The unfinished run as a person should see it before deciding about it. */
export type UnfinishedRun = {
  readonly run: string
  readonly operation: string
  /** `person@machine`. */
  readonly holder: string
  /** RFC 3339, UTC. */
  readonly since: string
  readonly direction: 'forward' | 'back'
  readonly from: string | null
  readonly to: string | null
  readonly term: number | null
  readonly reason: string | null
  /** Empty when it died before its plan was recorded: then it had done nothing. */
  readonly steps: readonly { readonly step: string; readonly progress: StepProgress }[]
}

/** Finds the run that holds the fleet, and touches nothing. */
export async function describeUnfinished(
  options: SessionOptions,
): Promise<Result<UnfinishedRun, readonly Problem[]>> {
  const session = await openSession(options)
  if (!session.ok) return session
  try {
    const found = await findUnfinishedRun(journalCopies(session.value, []))
    if (!found.ok) return fail([found.error])
    if (found.value === undefined) return fail([nothingUnfinished(session.value)])
    const { lock, plan, progress } = found.value
    return ok({
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
        progress: progress?.steps[index] ?? 'untouched',
      })),
    })
  } finally {
    await session.value.close()
  }
}
