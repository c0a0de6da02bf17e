import type { Fleet, Server } from '../../fleet/index.ts'
import type { ZonePart } from '../layout.ts'

/** Every set and view of which a server holds zones, in the order of the fleet. */
export function partsOf(fleet: Fleet, server: Server): readonly ZonePart[] {
  return fleet.zoneSets
    .filter(set => server.sets.includes(set.name))
    .flatMap(set => set.zones.map(({ view }) => ({ set: set.name, view })))
}
