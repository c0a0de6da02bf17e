import type { Fleet } from '../../core/fleet/index.ts'
import type { FleetLinks } from './link.ts'

/** The same connections for a fleet of some of the servers: nobody asks the others through them. `close` ends them all. */
export function linksAmong(links: FleetLinks, fleet: Fleet): FleetLinks {
  const names = new Set(fleet.servers.map(({ name }) => name))
  return {
    ...links,
    fleet,
    servers: links.servers.filter(({ server }) => names.has(server.name)),
    within: change => linksAmong(links.within(change), fleet),
  }
}
