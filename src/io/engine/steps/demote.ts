import { countOf, type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { DemoteStep } from '../../../core/plan/index.ts'
import { linkTo, type RunContext, reportOf, type StepReport, zonesOf } from '../context.ts'
import { thawOthers } from '../freezing.ts'
import { RECONFIGURE_DEADLINE_MS, reconfigureAs } from '../reconfigure.ts'
import { reloadMarker } from '../reload-marker.ts'

/** The old active becomes a standby; its own copies serve queries at once and catch up from the new active. */
export async function demote(context: RunContext, step: DemoteStep): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = zonesOf(context, step.server, step.set)
  const loaded = await reconfigureAs(context, link, {
    type: 'secondary',
    zones,
    serials: new Map(),
    deadlineMs: RECONFIGURE_DEADLINE_MS,
    install: step.changes,
  })
  if (!loaded.ok) return loaded
  // Where it was restarted on the way it is a standby already, and serves the marker of the term before.
  const marked = await reloadMarker(context, link, step.set)
  if (!marked.ok) return marked
  const thawed = await thawOthers(context, link, step.set)
  if (!thawed.ok) return thawed
  return ok(reportOf(`${countOf(loaded.value, 'zone')} secondary`))
}
