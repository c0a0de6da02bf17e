import { type FenceRecord, newestFences } from '../../../core/snapshot/index.ts'
import { type FleetLinks, seeFences } from '../../../io/observe/index.ts'
import { readOutlived } from './outlived-fences.ts'

/**
 * What the peers have written down and what holds, the newest about each server. A peer that cannot be read leaves its word out, and its
 * servers are asked.
 */
export async function readFences(links: FleetLinks): Promise<ReadonlyMap<string, FenceRecord>> {
  const peers = links.servers.filter(({ server }) => server.kind === 'peer')
  const read = await Promise.all(peers.map(link => seeFences(link, links.fleet.name)))
  const records = read.flatMap(seen => (seen.ok ? seen.value : []))
  if (records.length === 0) return new Map()
  const isOutlived = await readOutlived(links)
  return newestFences(records.filter(record => !isOutlived(record)))
}
