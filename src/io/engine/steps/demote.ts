import {
  compareSerials,
  countOf,
  type Failure,
  fail,
  failure,
  listFew,
  ok,
  type Result,
} from '../../../core/base/index.ts'
import type { DemoteStep } from '../../../core/plan/index.ts'
import { type ServerLink, seeZones } from '../../observe/index.ts'
import { idOf, linkTo, type RunContext, reportOf, type StepReport, zonesOf } from '../context.ts'
import { freezeZones } from '../freezing.ts'
import { RECONFIGURE_DEADLINE_MS, reconfigureAs } from '../reconfigure.ts'
import { reloadMarker } from '../reload-marker.ts'

/** The old active becomes a standby; its own copies serve queries at once and catch up from the new active. */
export async function demote(context: RunContext, step: DemoteStep): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = zonesOf(context, step.server, step.set)
  const still = await seeStillFrozen(context, link, step)
  if (!still.ok) return still
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
  return ok(reportOf(`${countOf(loaded.value, 'zone')} secondary`))
}

/**
 * Whether the old active stands where it was frozen. What it took since, thawed by a third hand, nobody else has, and becoming a standby
 * would throw it away: it is frozen again, and a person decides. Whoever takes the run up after that goes on.
 */
async function seeStillFrozen(
  context: RunContext,
  link: ServerLink,
  { server, set }: DemoteStep,
): Promise<Result<void, Failure>> {
  const { frozen } = context.memory
  if (frozen === undefined) return ok(undefined)
  const zones = zonesOf(context, server, set).filter(({ dynamic }) => dynamic)
  const seen = await seeZones(context.links, link, zones)
  // One that does not answer has stopped, and comes back as a standby.
  if (!seen.ok) return ok(undefined)
  const ids = zones.map(idOf).filter(id => {
    const [then, now] = [frozen.get(id), seen.value.zones.get(id)]
    if (then === undefined || now?.serial === undefined || now.type !== 'primary') return false
    return compareSerials(now.serial, then) !== 'same'
  })
  if (ids.length === 0) return ok(undefined)
  const again = await freezeZones(context, link, { set })
  return again.ok ? fail(thawed(server, ids)) : again
}

function thawed(server: string, ids: readonly string[]): Failure {
  return failure({
    code: 'engine.thawed-meanwhile',
    subject: server,
    because: `${countOf(ids.length, 'zone')} there took updates after it was frozen, which nobody else has: ${listFew(ids)}`,
    remedy: `It is frozen again. Copy file and journal of those zones (named-journalprint shows what they took), then \`baton resume\` makes it a standby; send those updates once more.`,
  })
}
