import { type Fleet, withoutPeers } from '../../../core/fleet/index.ts'
import type { FenceRecord, RemovedPeer } from '../../../core/snapshot/index.ts'
import { type FleetLinks, linkOf, linksAmong, seeMarker } from '../../../io/observe/index.ts'

/** One that was removed for good has nothing to wait for, in milliseconds: a server that is well answers at once. */
const ANSWER_DEADLINE_MS = 1000

/** A fleet without the peers that were removed from it for good, and which of those its file still names. */
export type Remaining = {
  readonly fleet: Fleet
  readonly links: FleetLinks
  readonly removed: readonly FenceRecord[]
  /** Looks whether one of them answers, and as what. */
  readonly seeRemoved: () => Promise<readonly RemovedPeer[]>
}

/** `baton.yaml` may name a peer long after it was removed: whatever is done is done without it. */
export function leaveRemoved(
  links: FleetLinks,
  fleet: Fleet,
  fences: ReadonlyMap<string, FenceRecord>,
): Remaining {
  const removed = fleet.servers.flatMap(({ kind, name }) => {
    const record = fences.get(name)
    return kind === 'peer' && record?.ends === 'never' ? [record] : []
  })
  if (removed.length === 0) return { fleet, links, removed, seeRemoved: async () => [] }
  const remaining = withoutPeers(fleet, new Set(removed.map(({ server }) => server)))
  return {
    fleet: remaining,
    links: linksAmong(links, remaining),
    removed,
    seeRemoved: () => Promise.all(removed.map(record => seeOne(links, record))),
  }
}

/** Its word counts where it calls itself so: somebody else may have got its address since. */
async function seeOne(links: FleetLinks, record: FenceRecord): Promise<RemovedPeer> {
  const link = linkOf(links, record.server)
  const brief = links.within({ questionMs: Math.min(ANSWER_DEADLINE_MS, links.questionMs) })
  const markers = await Promise.all(
    link.server.sets.map(async set => ({ set, marker: await seeMarker(brief, link, set) })),
  )
  const standings = markers.flatMap(({ set, marker }) => {
    if (!marker.ok || marker.value.server !== record.server || marker.value.fleet !== record.fleet) return []
    return [{ set, role: marker.value.role, term: marker.value.term }]
  })
  return { record, standings }
}
