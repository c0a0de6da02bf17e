import { judge, type SeenServer, type Snapshot } from '../../../core/snapshot/index.ts'
import { observe } from '../../../io/observe/index.ts'
import type { Session } from '../session/session.ts'

/**
 * An update between the answers of two servers makes one look newer than the active. Where that seems to be so, the active
 * is asked again, after all the others: if it still has less than they had before, it truly has less.
 */
export async function lookAgain(session: Session, snapshot: Snapshot): Promise<Snapshot> {
  const { fleet, expected, links, rendered } = session
  const doubtful = new Set(
    judge(fleet, expected, snapshot).flatMap(verdict =>
      verdict.kind === 'serials-ahead' || verdict.kind === 'serials-went-back' ? verdict.zones : [],
    ),
  )
  if (doubtful.size === 0) return snapshot
  const again = await observe(links, { rendered, preflight: new Map() })
  const servers = new Map(snapshot.servers)
  for (const [name, seen] of snapshot.servers) {
    const isActive = [...seen.markers.values()].some(marker => marker.ok && marker.value.role === 'active')
    const later = again.servers.get(name)
    if (isActive && later !== undefined) servers.set(name, withSerials(seen, later, doubtful))
  }
  return { ...snapshot, servers }
}

/** A server as it was seen, but for some of its zones, which are as they were seen later. */
function withSerials(seen: SeenServer, later: SeenServer, ids: ReadonlySet<string>): SeenServer {
  if (!seen.zones.ok || !later.zones.ok) return seen
  const zones = new Map(seen.zones.value.zones)
  for (const id of ids) {
    const zone = later.zones.value.zones.get(id)
    if (zone !== undefined) zones.set(id, zone)
  }
  return { ...seen, zones: { ok: true, value: { ...seen.zones.value, zones } } }
}
