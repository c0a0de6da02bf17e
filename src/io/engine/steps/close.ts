import { countOf, type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { seeZones } from '../../observe/index.ts'
import { linkTo, type RunContext, reportOf, type StepReport, zonesOfSet } from '../context.ts'
import { restoreChanges } from '../files/files.ts'
import { RECONFIGURE_DEADLINE_MS, reconfigureAs, reconfigureIfRunning, touchZones } from '../reconfigure.ts'
import { seeFencesHold } from '../see-no-other-active.ts'
import { serialsOf } from '../zones/checked-serials.ts'

/** Primary, but open to nobody: what was let in at the old serials could meet the same serials elsewhere. */
export async function close(
  context: RunContext,
  step: Pick<StepOf<'close'>, 'server' | 'set' | 'changes'>,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = zonesOfSet(context, step.server, step.set)
  const before = await seeZones(context.links, link, zones)
  if (!before.ok) return before
  const held = await seeFencesHold(context, { set: step.set, to: step.server })
  if (!held.ok) return held
  const loaded = await reconfigureAs(context, link, {
    type: 'primary',
    zones,
    serials: serialsOf(before.value.zones),
    deadlineMs: RECONFIGURE_DEADLINE_MS,
    install: step.changes,
  })
  return loaded.ok ? ok(reportOf(`${countOf(loaded.value, 'zone')} primary, closed to updates`)) : loaded
}

/** Standby as before: nothing was let in. Files are touched, because expiry counts from their time. */
export async function unclose(context: RunContext, step: StepOf<'close'>): Promise<Result<void, Failure>> {
  const link = linkTo(context, step.server)
  const zones = zonesOfSet(context, step.server, step.set)
  const touched = await touchZones(link, zones)
  if (!touched.ok) return touched
  const restored = await restoreChanges(context, link, step.changes)
  return restored.ok ? reconfigureIfRunning(context, link, step.set) : restored
}
