import { type FenceRecord, newestFences } from '../../core/snapshot/index.ts'
import { type FleetLinks, seeFences } from '../../io/observe/index.ts'

/** What the peers have written down, the newest about each server. A peer that cannot be read leaves its word out. */
export async function readFences(links: FleetLinks): Promise<ReadonlyMap<string, FenceRecord>> {
  const peers = links.servers.filter(({ server }) => server.kind === 'peer')
  const read = await Promise.all(peers.map(link => seeFences(link, links.fleet.name)))
  return newestFences(read.flatMap(records => (records.ok ? records.value : [])))
}
