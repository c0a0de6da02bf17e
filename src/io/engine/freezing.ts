import { type Failure, fail, ok, type Result } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import {
  type ServerLink,
  seeAllStatic,
  seeFrozen,
  seeUnwritten,
  seeZones,
  type ZoneName,
} from '../observe/index.ts'
import { idOf, type RunContext, zonesOfSet } from './context.ts'
import { command, commandZones } from './control.ts'
import { awaitWritten } from './zones/await-written.ts'

/** One command for all dynamic zones of a server, or one for each of a set. */
export type FreezingWay = 'all' | 'each'

/** Other primary zones of which named is asked whether they take updates, before it is told to freeze all. */
const OTHERS_MAX = 200

/**
 * One command for all is much faster, and reaches zones that are none of the set's: a person may have frozen one to edit its file, and
 * a thaw would load it half edited. So it is given only where named says that no other zone takes updates. The statistics channel
 * alone lists all zones; what is not known is done zone by zone.
 */
export async function wayToFreeze(context: RunContext, link: ServerLink, set: string): Promise<FreezingWay> {
  if (link.dial('statistics') === undefined) return 'each'
  const own = zonesOfSet(context, link.server.name, set)
  const seen = await seeZones(context.links, link, own)
  if (!seen.ok) return 'each'
  const ids = new Set(own.map(idOf))
  const others: ZoneName[] = []
  for (const [id, zone] of seen.value.zones) if (zone.type === 'primary' && !ids.has(id)) others.push(zone)
  if (others.length > OTHERS_MAX) return 'each'
  const fixed = await seeAllStatic(link, others)
  return fixed.ok && fixed.value ? 'all' : 'each'
}

/** Makes a server refuse updates for a set, and for no zone besides; the way is asked for where it is not known yet. */
export async function freezeZones(
  context: RunContext,
  link: ServerLink,
  { set, way }: { readonly set: string; readonly way?: FreezingWay },
): Promise<Result<void, Failure>> {
  return setWrites(context, link, {
    set,
    verb: 'freeze',
    way: way ?? (await wayToFreeze(context, link, set)),
  })
}

/** Makes a server take updates for a set again, once what was frozen is on its disk. */
export async function thawZones(
  context: RunContext,
  link: ServerLink,
  set: string,
): Promise<Result<void, Failure>> {
  const own = dynamicZones(context, link, set)
  const seen = await seeZones(context.links, link, own)
  if (!seen.ok) return seen
  const { zones } = seen.value
  // Asking for a zone takes named longer than reading its file, and most zones have not changed.
  const files = own.flatMap(zone => {
    const serial = zones.get(idOf(zone))?.serial
    return serial === undefined ? [] : [{ zone, file: zone.file, serial, lastLoaded: undefined }]
  })
  const unwritten = await seeUnwritten(link, files)
  if (!unwritten.ok) return unwritten
  const open = unwritten.value.map(({ zone }) => zone)
  const written = await awaitWritten(context, link, open)
  if (!written.ok) return written
  return setWrites(context, link, { set, verb: 'thaw', way: await wayToFreeze(context, link, set) })
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

/** What is so already is not harmed. */
async function setWrites(
  context: RunContext,
  link: ServerLink,
  { set, verb, way }: { readonly set: string; readonly verb: 'freeze' | 'thaw'; readonly way: FreezingWay },
): Promise<Result<void, Failure>> {
  const zones = dynamicZones(context, link, set)
  const until = context.links.clock.elapsed() + link.commandMs
  const done =
    way === 'all' ? await command(link, { kind: `${verb}-all` }) : await commandZones(link, verb, zones)
  if (done.ok) return done
  // To freeze what is frozen is an error to named, and so is one zone among all that cannot be loaded: the rest one by one.
  const seen = await seeFrozen(link, zones)
  if (!seen.ok) return done
  let stuck: Failure | undefined
  for (const zone of zones) {
    const frozen = seen.value.get(idOf(zone))
    if (verb === 'freeze' ? frozen === true : frozen !== true) continue
    const commandMs = until - context.links.clock.elapsed()
    const changed = await commandZones({ ...link, commandMs }, verb, [zone])
    // One that is not loaded tells nothing of itself, and may be frozen all the same.
    const isSo = changed.ok || (verb === 'freeze' && changed.error.code === 'rndc.zone-frozen')
    if (!isSo) stuck ??= changed.error
  }
  return stuck === undefined ? ok(undefined) : fail(stuck)
}

function dynamicZones(context: RunContext, link: ServerLink, set: string): readonly RenderedZone[] {
  return zonesOfSet(context, link.server.name, set).filter(zone => zone.dynamic)
}
