import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { type ServerLink, seeFrozen } from '../observe/index.ts'
import { idOf, type RunContext, zonesOf } from './context.ts'
import { command, commandZones } from './control.ts'

/**
 * Makes a server refuse updates for a set. One command freezes all its dynamic zones at once, those that are not
 * Baton's too, and is much faster than one a zone; with several sets each zone is frozen by itself, because the
 * others may be active here.
 */
export async function freeze(
  context: RunContext,
  link: ServerLink,
  set: string,
): Promise<Result<void, Failure>> {
  const zones = dynamicZones(context, link, set)
  const frozen = freezesAll(context)
    ? await command(link, { kind: 'freeze-all' })
    : await commandZones(link, 'freeze', zones)
  return frozen.ok ? frozen : freezeTheRest(link, zones, frozen.error)
}

/** Lets updates in again, wherever `freeze` shut them out; a zone that is not frozen is not harmed. */
export async function thaw(
  context: RunContext,
  link: ServerLink,
  set: string,
): Promise<Result<void, Failure>> {
  const zones = dynamicZones(context, link, set)
  const thawed = freezesAll(context)
    ? await command(link, { kind: 'thaw-all' })
    : await commandZones(link, 'thaw', zones)
  return thawed.ok ? thawed : thawTheRest(link, zones, thawed.error)
}

/** Whether a server may take updates, frozen or not: named calls a zone dynamic only where it is primary for it. */
export async function takesUpdates(
  context: RunContext,
  link: ServerLink,
  set: string,
): Promise<Result<boolean, Failure>> {
  const seen = await seeFrozen(link, dynamicZones(context, link, set))
  return seen.ok ? ok(seen.value.size > 0) : seen
}

/** A reconfig makes the zones of the set anew and unfrozen; other dynamic zones of the server are still frozen. */
export async function thawOthers(
  context: RunContext,
  link: ServerLink,
  set: string,
): Promise<Result<void, Failure>> {
  return freezesAll(context) ? thaw(context, link, set) : ok(undefined)
}

/** One zone that cannot be loaded makes `thaw` an error for all: every zone of ours that is frozen is tried. */
async function thawTheRest(
  link: ServerLink,
  zones: readonly RenderedZone[],
  cause: Failure,
): Promise<Result<void, Failure>> {
  const seen = await seeFrozen(link, zones)
  if (!seen.ok) return { ok: false, error: cause }
  let stuck: Failure | undefined
  for (const zone of zones.filter(zone => seen.value.get(idOf(zone)) === true)) {
    const thawed = await commandZones(link, 'thaw', [zone])
    if (!thawed.ok) stuck ??= thawed.error
  }
  return stuck === undefined ? ok(undefined) : { ok: false, error: stuck }
}

/** named calls it an error to freeze what is frozen, as it is when a run is resumed: the rest is frozen by itself. */
async function freezeTheRest(
  link: ServerLink,
  zones: readonly RenderedZone[],
  cause: Failure,
): Promise<Result<void, Failure>> {
  const seen = await seeFrozen(link, zones)
  if (!seen.ok) return { ok: false, error: cause }
  const open = zones.filter(zone => seen.value.get(idOf(zone)) !== true)
  return commandZones(link, 'freeze', open)
}

function freezesAll(context: RunContext): boolean {
  return context.links.fleet.zoneSets.length === 1
}

function dynamicZones(context: RunContext, link: ServerLink, set: string): readonly RenderedZone[] {
  return zonesOf(context, link.server.name, set).filter(zone => zone.dynamic)
}
