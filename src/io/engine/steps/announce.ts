import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import { markerOf } from '../../../core/fleet/index.ts'
import type { AnnounceStep } from '../../../core/plan/index.ts'
import { linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'
import { command } from '../control.ts'
import { installChanges } from '../files.ts'

/** A third peer stays standby, but must know the new term: after a reboot it judges by it. */
export async function announce(
  context: RunContext,
  step: AnnounceStep,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const installed = await installChanges(link, step.changes)
  if (!installed.ok) return installed
  const { fleet } = context.links
  const zone = { name: markerOf(fleet, step.set), view: fleet.views[0]?.name }
  const reloaded = await command(link, { kind: 'reload', zone })
  return reloaded.ok ? ok(reportOf()) : reloaded
}
