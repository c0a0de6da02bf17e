import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
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

/** Which of the zones named holds as dynamic, and whether each is frozen; a zone it cannot speak of has no entry. */
export async function seeFrozen(
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<ReadonlyMap<string, boolean>, Failure>> {
  const portions = portionsOf(zones)
  const answers = await Promise.all(
    portions.map((portion, index) =>
      askStatuses(link, index === 0 ? link.control : link.openControl, portion),
    ),
  )
  const frozen = new Map<string, boolean>()
  for (const portion of answers) {
    if (!portion.ok) return portion
    for (const { zone, status } of portion.value)
      if (status.ok && status.value.dynamic)
        frozen.set(zoneId(zone.name, zone.view ?? '_default'), status.value.frozen)
  }
  return ok(frozen)
}

function portionsOf(zones: readonly RenderedZone[]): readonly (readonly RenderedZone[])[] {
  const count = Math.min(CONNECTIONS, Math.max(1, Math.floor(zones.length / ZONES_PER_CONNECTION_MIN)))
  const size = Math.ceil(zones.length / count)
  return Array.from({ length: count }, (_, index) => zones.slice(index * size, (index + 1) * size))
}

async function askStatuses(
  link: ServerLink,
  open: ServerLink['control'],
  zones: readonly RenderedZone[],
): Promise<Result<readonly ZoneStatusAnswer[], Failure>> {
  const control = await open()
  if (!control.ok) return control
  const answers = await zoneStatuses(
    control.value,
    zones.map(({ name, view }) => ({ name, view: view === '_default' ? undefined : view })),
  )
  if (open === link.openControl) control.value.end()
  return answers
}
