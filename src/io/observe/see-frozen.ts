import { type Failure, type Instant, ok, type Result, type Serial } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import type { ZoneReference, ZoneStatus } from '../../core/rndc/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import { type ZoneStatusAnswer, zoneStatuses } from '../net/index.ts'
import type { ServerLink } from './link.ts'

/**
 * named works on one command at a time, whatever the connections; but on a single one it also waits for the next
 * question to arrive, 12,000 times. Four were as good as sixteen, on an idle machine and on a busy one.
 */
const CONNECTIONS = 4
/** For fewer zones than this the connection that is open anyway will do. */
const ZONES_PER_CONNECTION_MIN = 250

/** How a zone is called, and in which view. */
export type ZoneName = Pick<RenderedZone, 'name' | 'view'>

/** How rndc names it. */
export function referenceTo({ name, view }: ZoneName): ZoneReference {
  return { name, view: view === '_default' ? undefined : view }
}

/** The file of a zone that is frozen, the serial that the zone stands at, and when named read it last. */
export type FrozenFile = {
  readonly zone: ZoneName
  readonly file: string
  readonly serial: Serial
  readonly lastLoaded: Instant | undefined
}

/** Which of the zones named holds as dynamic, and whether each is frozen; a zone it cannot speak of has no entry. */
export async function seeFrozen(
  link: ServerLink,
  zones: readonly ZoneName[],
): Promise<Result<ReadonlyMap<string, boolean>, Failure>> {
  const statuses = await seeStatuses(link, zones)
  if (!statuses.ok) return statuses
  const dynamic = [...statuses.value].filter(([, status]) => status.dynamic)
  return ok(new Map(dynamic.map(([zone, { frozen }]) => [zone, frozen])))
}

/** Whether named takes updates for none of the zones; of one that it cannot speak of that is not known. */
export async function seeAllStatic(
  link: ServerLink,
  zones: readonly ZoneName[],
): Promise<Result<boolean, Failure>> {
  if (zones.length === 0) return ok(true)
  const statuses = await seeStatuses(link, zones)
  if (!statuses.ok) return statuses
  return ok(zones.every(zone => statuses.value.get(zoneId(zone.name, zone.view))?.dynamic === false))
}

/** The files of those of the zones that are frozen. */
export async function seeFrozenFiles(
  link: ServerLink,
  zones: readonly ZoneName[],
): Promise<Result<readonly FrozenFile[], Failure>> {
  const statuses = await seeStatuses(link, zones)
  if (!statuses.ok) return statuses
  return ok(
    zones.flatMap(zone => {
      const status = statuses.value.get(zoneId(zone.name, zone.view))
      const file = status?.files[0]
      if (status?.dynamic !== true || !status.frozen || file === undefined) return []
      return [{ zone, file, serial: status.serial, lastLoaded: status.lastLoaded }]
    }),
  )
}

async function seeStatuses(
  link: ServerLink,
  zones: readonly ZoneName[],
): Promise<Result<ReadonlyMap<string, ZoneStatus>, Failure>> {
  const portions = portionsOf(zones)
  const answers = await Promise.all(
    portions.map((portion, index) =>
      askStatuses(link, index === 0 ? link.control : link.openControl, portion),
    ),
  )
  const statuses = new Map<string, ZoneStatus>()
  for (const portion of answers) {
    if (!portion.ok) return portion
    for (const { zone, status } of portion.value)
      if (status.ok) statuses.set(zoneId(zone.name, zone.view ?? '_default'), status.value)
  }
  return ok(statuses)
}

function portionsOf(zones: readonly ZoneName[]): readonly (readonly ZoneName[])[] {
  const count = Math.min(CONNECTIONS, Math.max(1, Math.floor(zones.length / ZONES_PER_CONNECTION_MIN)))
  const size = Math.ceil(zones.length / count)
  return Array.from({ length: count }, (_, index) => zones.slice(index * size, (index + 1) * size))
}

async function askStatuses(
  link: ServerLink,
  open: ServerLink['control'],
  zones: readonly ZoneName[],
): Promise<Result<readonly ZoneStatusAnswer[], Failure>> {
  const control = await open()
  if (!control.ok) return control
  const answers = await zoneStatuses(control.value, zones.map(referenceTo))
  if (open === link.openControl) control.value.end()
  return answers
}
