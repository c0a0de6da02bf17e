import { type Failure, fail, ok, type Result } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { type ServerLink, seeFrozen, seeUnwritten, seeZones } from '../observe/index.ts'
import { awaitWritten } from './await-written.ts'
import { idOf, type RunContext, zonesOf } from './context.ts'
import { command, commandZones } from './control.ts'

/** Makes a server refuse updates for a set. */
export function freezeZones(
  context: RunContext,
  link: ServerLink,
  set: string,
): Promise<Result<void, Failure>> {
  return setWrites(context, link, { set, verb: 'freeze' })
}

/** Makes a server take updates for a set again, once what was frozen is on its disk. */
export function thawZones(
  context: RunContext,
  link: ServerLink,
  set: string,
): Promise<Result<void, Failure>> {
  return thawWritten(context, link, { set, own: dynamicZones(context, link, set) })
}

/** A reconfig makes the zones of the set anew and unfrozen; other dynamic zones of the server are still frozen. */
export async function thawOthers(
  context: RunContext,
  link: ServerLink,
  set: string,
): Promise<Result<void, Failure>> {
  return changesAll(context, link) ? thawWritten(context, link, { set, own: [] }) : ok(undefined)
}

async function thawWritten(
  context: RunContext,
  link: ServerLink,
  { set, own }: { readonly set: string; readonly own: readonly RenderedZone[] },
): Promise<Result<void, Failure>> {
  const managed = context.rendered.get(link.server.name)?.zones ?? []
  const seen = await seeZones(context.links, link, managed)
  if (!seen.ok) return seen
  const { zones } = seen.value
  // Asking for a zone takes named longer than reading its file, and most zones have not changed.
  const files = own.flatMap(zone => {
    const serial = zones.get(idOf(zone))?.serial
    return serial === undefined ? [] : [{ zone, file: zone.file, serial, lastLoaded: undefined }]
  })
  const unwritten = await seeUnwritten(link, files)
  if (!unwritten.ok) return unwritten
  const ids = new Set(managed.map(idOf))
  const others = [...zones].filter(([id, { type }]) => type === 'primary' && !ids.has(id))
  const open = [...unwritten.value.map(({ zone }) => zone), ...others.map(([, zone]) => zone)]
  const written = await awaitWritten(context, link, open)
  return written.ok ? setWrites(context, link, { set, verb: 'thaw' }) : written
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

/**
 * One command changes all dynamic zones of a server at once, those that are not Baton's too, and is much faster than one a
 * zone; with several sets each zone gets its own, because the others may be active here. What is so already is not harmed.
 */
async function setWrites(
  context: RunContext,
  link: ServerLink,
  { set, verb }: { readonly set: string; readonly verb: 'freeze' | 'thaw' },
): Promise<Result<void, Failure>> {
  const zones = dynamicZones(context, link, set)
  const done = changesAll(context, link)
    ? await command(link, { kind: `${verb}-all` })
    : await commandZones(link, verb, zones)
  if (done.ok) return done
  // To freeze what is frozen is an error to named, and so is one zone among all that cannot be loaded: the rest one by one.
  const seen = await seeFrozen(link, zones)
  if (!seen.ok) return done
  let stuck: Failure | undefined
  for (const zone of zones) {
    const frozen = seen.value.get(idOf(zone))
    if (verb === 'freeze' ? frozen === true : frozen !== true) continue
    const changed = await commandZones(link, verb, [zone])
    // One that is not loaded tells nothing of itself, and may be frozen all the same.
    const isSo = changed.ok || (verb === 'freeze' && changed.error.code === 'rndc.zone-frozen')
    if (!isSo) stuck ??= changed.error
  }
  return stuck === undefined ? ok(undefined) : fail(stuck)
}

/** Zones that are not Baton's are seen by the statistics channel alone: without it they are better not touched. */
function changesAll(context: RunContext, link: ServerLink): boolean {
  return context.links.fleet.zoneSets.length === 1 && link.dial('statistics') !== undefined
}

function dynamicZones(context: RunContext, link: ServerLink, set: string): readonly RenderedZone[] {
  return zonesOf(context, link.server.name, set).filter(zone => zone.dynamic)
}
