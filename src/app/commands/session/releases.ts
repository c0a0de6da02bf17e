import { isManaged } from '../../../core/fleet/index.ts'
import type { Release } from '../../../core/render/index.ts'
import { attend, type FleetLinks, seeNamed } from '../../../io/observe/index.ts'

/** Which release each server runs, as it says; and who said nothing. */
export type Releases = {
  readonly releases: ReadonlyMap<string, Release>
  readonly silent: ReadonlySet<string>
}

export async function readReleases(links: FleetLinks): Promise<Releases> {
  const releases = new Map<string, Release>()
  const silent = new Set<string>()
  const managed = links.servers.filter(({ server }) => isManaged(server))
  await Promise.all(
    managed.map(async link => {
      const named = await attend(links, link.server.name, () => seeNamed(link))
      if (!named.ok) silent.add(link.server.name)
      const release = named.ok ? releaseOf(named.value.version) : undefined
      if (release !== undefined) releases.set(link.server.name, release)
    }),
  )
  return { releases, silent }
}

/** Development releases after 9.21.0 are taken as 9.21, and a stable one that is newer as the newest known. */
function releaseOf(version: string): Release | undefined {
  const minor = Number(/^9\.(\d+)/.exec(version)?.[1])
  if (Number.isNaN(minor)) return undefined
  if (minor < 18) return '9.16'
  if (minor < 20) return '9.18'
  return minor < 21 ? '9.20' : '9.21'
}
