import { compareSerials, type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { FileChange, PromoteStep } from '../../../core/plan/index.ts'
import { type ServerLink, seeZones } from '../../observe/index.ts'
import { awaitLoaded } from '../await-loaded.ts'
import { idOf, linkTo, type RunContext, zonesOf } from '../context.ts'
import { command } from '../control.ts'
import { restoreChanges } from '../files.ts'
import { freeze, thawOthers } from '../freezing.ts'
import { reachSerials } from './catch-up.ts'
import { touchZones } from './demote.ts'

/**
 * Takes a promotion back. Writes may have been open on the zones that did load, so what was acknowledged in that
 * time is carried home first: the would-be active is frozen; where it has moved on, the old active becomes a
 * secondary for a moment, catches up, and is made primary again by the undo of the freeze.
 */
export async function unpromote(context: RunContext, step: PromoteStep): Promise<Result<void, Failure>> {
  const target = linkTo(context, step.server)
  const writable = await isPrimary(context, step)
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
  const restored = await backToStandby(context, target, step)
  if (!restored.ok) return restored
  return reopenOldActive(context, step)
}

/** Whether any zone of the set is primary on the would-be active, which is when it may have taken updates. */
async function isPrimary(context: RunContext, step: PromoteStep): Promise<Result<boolean, Failure>> {
  const zones = zonesOf(context, step.server, step.set)
  const seen = await seeZones(context.links, linkTo(context, step.server), zones)
  if (!seen.ok) return seen
  return ok(zones.some(zone => seen.value.zones.get(idOf(zone))?.type === 'primary'))
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
  return carried.ok ? ok(undefined) : carried
}

async function backToStandby(
  context: RunContext,
  target: ServerLink,
  step: PromoteStep,
): Promise<Result<void, Failure>> {
  const zones = zonesOf(context, step.server, step.set)
  const restored = await restoreChanges(target, step.changes)
  if (!restored.ok) return restored
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

/** Where the old active became a secondary to catch up, its active files and a reconfig make it primary again. */
async function reopenOldActive(context: RunContext, step: PromoteStep): Promise<Result<void, Failure>> {
  const home = linkTo(context, step.from)
  const zones = zonesOf(context, step.from, step.set)
  const seen = await seeZones(context.links, home, zones)
  if (!seen.ok) return seen
  const isSecondary = zones.some(zone => seen.value.zones.get(idOf(zone))?.type === 'secondary')
  if (!isSecondary) return ok(undefined)
  const restored = await restoreChanges(home, releaseChanges(context, step))
  if (!restored.ok) return restored
  const reconfigured = await command(home, { kind: 'reconfig' })
  if (!reconfigured.ok) return reconfigured
  const deadlineMs = context.links.fleet.policy.writePauseMaxS * 1000
  const loaded = await awaitLoaded(context, home, { type: 'primary', zones, serials: new Map(), deadlineMs })
  return loaded.ok ? ok(undefined) : loaded
}

function releaseChanges(context: RunContext, step: PromoteStep): readonly FileChange[] {
  return context.plan.steps.flatMap(other =>
    other.kind === 'freeze' && other.server === step.from ? other.changes : [],
  )
}
