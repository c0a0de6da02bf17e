import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { AnnounceStep } from '../../../core/plan/index.ts'
import { linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'
import { installChanges } from '../files.ts'
import { reloadMarker } from '../reload-marker.ts'
import { fencesInRun } from '../see-no-other-active.ts'

/** A third peer stays standby, but must know the new term: after a reboot it judges by it. */
export async function announce(
  context: RunContext,
  step: AnnounceStep,
): Promise<Result<StepReport, Failure>> {
  const { handover } = context.plan
  const fenced =
    handover === undefined ? ok(new Map<string, unknown>()) : await fencesInRun(context, handover.to)
  if (!fenced.ok) return fenced
  if (fenced.value.has(step.server))
    return ok(reportOf(`${step.server} is fenced: it learns the term when it rejoins`))
  const link = linkTo(context, step.server)
  const installed = await installChanges(context, link, step.changes)
  if (!installed.ok) return installed
  const reloaded = await reloadMarker(context, link, step.set)
  return reloaded.ok ? ok(reportOf()) : reloaded
}
