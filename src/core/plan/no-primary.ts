import { standingOf, zoneId } from '../snapshot/index.ts'
import type { CheckContext } from './check.ts'

/**
 * Whether a server that answers is seen to be itself, and primary for no zone of the set: by its signed marker, which names it, while
 * its statistics do not tell otherwise; or because it takes our key for its control channel and has every zone as a secondary one. A
 * machine that has none of the zones may be anybody's.
 */
export function isNoPrimary(context: CheckContext, server: string, set: string): boolean {
  const { fleet, snapshot, rendered } = context
  const seen = snapshot.servers.get(server)
  const zones =
    seen?.zones.ok === true && seen.zones.value.source === 'statistics' ? seen.zones.value.zones : undefined
  const ids = (rendered.get(server)?.zones ?? [])
    .filter(zone => zone.set === set)
    .map(({ name, view }) => zoneId(name, view))
  const types = ids.map(id => zones?.get(id)?.type)
  const own = standingOf(fleet, snapshot, set).peers.find(peer => peer.server === server)
  if (own?.marker !== undefined) return own.marker.role === 'standby' && !types.includes('primary')
  return seen?.named?.ok === true && types.length > 0 && types.every(type => type === 'secondary')
}
