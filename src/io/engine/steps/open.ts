import { countOf, type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { seeZones } from '../../observe/index.ts'
import { linkTo, type RunContext, type StepReport, zonesOfSet } from '../context.ts'
import { RECONFIGURE_DEADLINE_MS, reconfigureAs } from '../reconfigure.ts'
import { seeNoOtherActive } from '../see-no-other-active.ts'
import { serialsOf } from '../zones/checked-serials.ts'

/** Marker and state of the new term, then the active configuration, then one reconfig; every zone is looked at. */
export async function open(context: RunContext, step: StepOf<'open'>): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = zonesOfSet(context, step.server, step.set)
  const before = await seeZones(context.links, link, zones)
  if (!before.ok) return before
  const alone = await seeNoOtherActive(context, { set: step.set, to: step.server, frozen: undefined })
  if (!alone.ok) return alone
  const loaded = await reconfigureAs(context, link, {
    type: 'primary',
    zones,
    serials: serialsOf(before.value.zones),
    deadlineMs: RECONFIGURE_DEADLINE_MS,
    install: step.changes,
  })
  if (!loaded.ok) return loaded
  const remarks = [`${countOf(loaded.value, 'zone')} primary`]
  const { clock } = context.links
  return ok({ remarks, unwell: false, writesAt: clock.now(), writesElapsed: clock.elapsed() })
}
