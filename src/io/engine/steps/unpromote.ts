import { compareSerials, type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { FileChange, PromoteStep } from '../../../core/plan/index.ts'
import { type ServerLink, seeZones } from '../../observe/index.ts'
import { awaitLoaded } from '../await-loaded.ts'
import { idOf, linkTo, type RunContext, zonesOf } from '../context.ts'
import { command } from '../control.ts'
import { restoreChanges } from '../files.ts'
import { freeze, takesUpdates, thawOthers } from '../freezing.ts'
import { reopen } from '../reopen.ts'
import { reachSerials } from './catch-up.ts'
import { touchZones } from './demote.ts'
import { proveOnDisk } from './settle.ts'

/**
 * Takes a promotion back. Writes may have been open on the zones that did load, so what was acknowledged in that time is
 * carried home first: the would-be active is frozen; where it has moved on, the old active becomes a secondary for a moment,
 * catches up and is made primary again. Only then does the would-be active become a standby: two standbys would pass updates
 * to and fro between them, and jam each other's connections for half a minute.
 */
export async function unpromote(context: RunContext, step: PromoteStep): Promise<Result<void, Failure>> {
  const target = linkTo(context, step.server)
  // Before anything else opens, a restart of the would-be active must no longer make it active.
  const restored = await restoreChanges(target, step.changes)
  if (!restored.ok) return restored
  const writable = await takesUpdates(context, target, step.set)
  if (!writable.ok) return writable
  if (writable.value) {
    const frozen = await freeze(context, target, step.set)
    if (!frozen.ok) return frozen
    const moved = await hasMovedOn(context, step)
    if (!moved.ok) return moved
    if (moved.value) {
      const carried = await carryHome(context, step)
      if (!carried.ok) return carried
    }
  }
  const reopened = await reopen(context, linkTo(context, step.from), {
    set: step.set,
    changes: releaseChanges(context, step),
  })
  return reopened.ok ? backToStandby(context, target, step) : reopened
}

async function hasMovedOn(context: RunContext, step: PromoteStep): Promise<Result<boolean, Failure>> {
  const zones = zonesOf(context, step.server, step.set)
  const [here, there] = await Promise.all([
    seeZones(context.links, linkTo(context, step.from), zones),
    seeZones(context.links, linkTo(context, step.server), zones),
  ])
  if (!here.ok) return here
  if (!there.ok) return there
  const moved = zones.some(zone => {
    const frozen = here.value.zones.get(idOf(zone))?.serial
    const now = there.value.zones.get(idOf(zone))?.serial
    return frozen !== undefined && now !== undefined && compareSerials(now, frozen) === 'after'
  })
  return ok(moved)
}

/** The old active's files say standby since the freeze, so a reconfig is all it needs to become a secondary. */
async function carryHome(context: RunContext, step: PromoteStep): Promise<Result<void, Failure>> {
  const home = linkTo(context, step.from)
  const zones = zonesOf(context, step.from, step.set)
  const touched = await touchZones(home, zones)
  if (!touched.ok) return touched
  const reconfigured = await command(home, { kind: 'reconfig' })
  if (!reconfigured.ok) return reconfigured
  const deadlineMs = context.links.fleet.policy.writePauseMaxS * 1000
  const loaded = await awaitLoaded(context, home, {
    type: 'secondary',
    zones,
    serials: new Map(),
    deadlineMs,
  })
  if (!loaded.ok) return loaded
  const carried = await reachSerials(context, { server: step.from, from: step.server, set: step.set })
  if (!carried.ok) return carried
  // It is about to be loaded from its disk again; zones that the other could not serve have stayed as they were.
  const memory = carried.value
  const open = zones.filter(zone => memory.has(idOf(zone)))
  const proven = await proveOnDisk(context, home, { zones: open, known: new Map(), memory })
  return proven.ok ? ok(undefined) : proven
}

async function backToStandby(
  context: RunContext,
  target: ServerLink,
  step: PromoteStep,
): Promise<Result<void, Failure>> {
  const zones = zonesOf(context, step.server, step.set)
  const touched = await touchZones(target, zones)
  if (!touched.ok) return touched
  const reconfigured = await command(target, { kind: 'reconfig' })
  if (!reconfigured.ok) return reconfigured
  const deadlineMs = context.links.fleet.policy.writePauseMaxS * 1000
  const loaded = await awaitLoaded(context, target, {
    type: 'secondary',
    zones,
    serials: new Map(),
    deadlineMs,
  })
  return loaded.ok ? thawOthers(context, target, step.set) : loaded
}

/** What the freeze changed of the old active's files. */
function releaseChanges(context: RunContext, step: PromoteStep): readonly FileChange[] {
  return context.plan.steps.flatMap(other =>
    other.kind === 'freeze' && other.server === step.from ? other.changes : [],
  )
}
