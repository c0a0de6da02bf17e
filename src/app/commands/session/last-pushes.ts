import type { Failure, Result } from '../../../core/base/index.ts'
import type { Pushed } from '../../../core/pushed/index.ts'
import { attend, type FleetLinks, type SeenPush, seePushed } from '../../../io/observe/index.ts'

/** Peer → what it says was pushed last; nothing where it has no record. */
export type LastPushes = ReadonlyMap<string, Result<SeenPush | undefined, Failure>>

export async function readLastPushes(links: FleetLinks): Promise<LastPushes> {
  const peers = links.servers.filter(({ server }) => server.kind === 'peer')
  const seen = await Promise.all(
    peers.map(async link => {
      const { name } = link.server
      return [name, await attend(links, name, () => seePushed(link))] as const
    }),
  )
  return new Map(seen)
}

/**
 * The pushes that the peers know of, each state of a folder once, and none that another was made from: one unless a push was
 * cut off between two peers.
 */
export function newestPushes(pushes: LastPushes): readonly Pushed[] {
  const known = [...pushes.values()].flatMap(seen => (seen.ok && seen.value ? [seen.value.pushed] : []))
  const parents = new Set(known.map(({ parent }) => parent))
  const byDigest = new Map(known.map(pushed => [pushed.folder.digest, pushed]))
  const newest = [...byDigest.values()].filter(({ folder }) => !parents.has(folder.digest))
  return newest.length > 0 ? newest : [...byDigest.values()]
}
