import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'
import { installChanges } from '../files/files.ts'
import { reloadMarker } from '../files/reload-marker.ts'
import { passOverFenced } from '../pass-over.ts'

/** A third peer stays standby, but must know the new term: after a reboot it judges by it. */
export async function announce(
  context: RunContext,
  step: StepOf<'announce'>,
): Promise<Result<StepReport, Failure>> {
  const passed = await passOverFenced(context, [step.server])
  if (!passed.ok) return passed
  if (passed.value.there.length === 0) return ok(reportOf(...passed.value.remarks))
  const link = linkTo(context, step.server)
  const installed = await installChanges(context, link, step.changes)
  if (!installed.ok) return installed
  const reloaded = await reloadMarker(context, link, step.set)
  return reloaded.ok ? ok(reportOf()) : reloaded
}
