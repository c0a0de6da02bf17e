import { compareSerials } from '../base/index.ts'
import type { Fleet } from '../fleet/index.ts'
import type { Expected } from './expected.ts'
import { type Snapshot, zoneId } from './snapshot.ts'
import { standingOf } from './standing.ts'
import type { ZoneVerdict } from './verdict.ts'

/** One server that is ahead may hold a fork; so many, and no other one that is not, say that the active fell behind. */
const WITNESSES_MIN = 2

/**
 * The zones in which an active is behind every other server that has them, as after its disk or its whole machine was put back to an
 * earlier state: named serves what it finds, and nobody transfers from a server that has less.
 */
export function findWentBack(fleet: Fleet, expected: Expected, snapshot: Snapshot): readonly ZoneVerdict[] {
  return fleet.zoneSets.flatMap(({ name: set }): ZoneVerdict[] => {
    const { active } = standingOf(fleet, snapshot, set)
    if (active === undefined) return []
    const zones = (expected.get(active)?.zones ?? [])
      .filter(zone => zone.set === set)
      .map(zone => zoneId(zone.name, zone.view))
      .filter(id => isBehindAll(snapshot, active, id))
    return zones.length === 0 ? [] : [{ kind: 'serials-went-back', server: active, zones }]
  })
}

function isBehindAll(snapshot: Snapshot, active: string, id: string): boolean {
  const serialActive = serialOf(snapshot, active, id)
  if (serialActive === undefined) return false
  const others = [...snapshot.servers.keys()]
    .filter(server => server !== active)
    .flatMap(server => serialOf(snapshot, server, id) ?? [])
  return (
    others.length >= WITNESSES_MIN && others.every(serial => compareSerials(serial, serialActive) === 'after')
  )
}

function serialOf(snapshot: Snapshot, server: string, id: string) {
  const zones = snapshot.servers.get(server)?.zones
  return zones?.ok === true ? zones.value.zones.get(id)?.serial : undefined
}
