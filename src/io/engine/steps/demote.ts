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
import type { SeenZones } from '../../../core/snapshot/index.ts'
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
 * Whether the old active stands where it was frozen. What it took since, thawed by a third hand, the new active does not have, and becoming a
 * standby would throw it away: it is frozen again, and a person decides. Whoever takes the run up after that goes on.
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
  return again.ok ? fail(await thawed(context, { server, set, ids, seen: seen.value })) : again
}

type Thawed = {
  readonly server: string
  readonly set: string
  readonly ids: readonly string[]
  readonly seen: SeenZones
}

/** Others may have been told before the new active opened, so they are asked before anything is said of them. */
async function thawed(context: RunContext, { server, set, ids, seen }: Thawed): Promise<Failure> {
  const others = context.links.servers.filter(
    ({ server: other }) => other.name !== server && other.sets.includes(set),
  )
  const looks = await Promise.all(
    others.map(async link => {
      const zones = zonesOf(context, link.server.name, set).filter(zone => ids.includes(idOf(zone)))
      return { name: link.server.name, zones: await seeZones(context.links, link, zones) }
    }),
  )
  const silent = looks.flatMap(({ name, zones }) => (zones.ok ? [] : [name]))
  const alike = looks.flatMap(({ name, zones }) =>
    zones.ok && ids.every(id => zones.value.zones.get(id)?.serial === seen.zones.get(id)?.serial)
      ? [name]
      : [],
  )
  const words = [
    alike.length === 0
      ? 'no other server that answers has all these zones at its serials'
      : `at the same serials there: ${listFew(alike)}`,
    ...(silent.length === 0 ? [] : [`not known of ${listFew(silent)}`]),
  ]
  return failure({
    code: 'engine.thawed-meanwhile',
    subject: server,
    because: `${server} was thawed and took updates in ${countOf(ids.length, 'zone')} after it was frozen: ${listFew(ids)}; ${words.join(', ')}`,
    remedy: `${server} is frozen again. Copy file and journal of those zones (named-journalprint shows what they took), then \`baton resume\` makes it a standby; send those updates once more.`,
  })
}
