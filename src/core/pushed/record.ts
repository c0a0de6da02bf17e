import { type Fleet, isManaged } from '../fleet/index.ts'
import type { RenderedServer } from '../render/index.ts'
import { digestOf, type FileDigests } from './digest.ts'
import type { Pushed, PushedFiles, PushedFolder } from './pushed.ts'
import { printZoneLists } from './zone-lists.ts'

/** What a push writes down, besides what it rendered. */
export type PushOrigin = {
  readonly folder: PushedFolder
  readonly parent: string | undefined
  readonly by: string
  readonly at: string
  readonly baton: string
  readonly fleetFile: string
}

/** What a push makes of a fleet folder: the files of every server, and their digests. */
export type PushedRendering = {
  readonly servers: ReadonlyMap<string, RenderedServer>
  readonly digests: FileDigests
}

/** The two texts that a push leaves on every peer: what is in `baton/pushed`, and the text of `baton/pushed.zones`. */
export type PushedRecord = { readonly pushed: Pushed; readonly zones: string }

export function recordOf(fleet: Fleet, rendering: PushedRendering, origin: PushOrigin): PushedRecord {
  const zones = printZoneLists(
    new Map([...rendering.servers].map(([name, server]) => [name, server.zones] as const)),
  )
  const servers = fleet.servers
    .filter(isManaged)
    .map(({ name }) => [name, filesOf(fleet, name, rendering)] as const)
  const pushed = { fleet: fleet.name, ...origin, zonesDigest: digestOf(zones), servers: new Map(servers) }
  return { pushed, zones }
}

function filesOf(fleet: Fleet, name: string, { servers, digests }: PushedRendering): PushedFiles {
  const isPeer = fleet.servers.some(server => server.name === name && server.kind === 'peer')
  const files = (servers.get(name)?.files ?? []).filter(({ path }) => !(isPeer && changesWithRole(path)))
  return new Map(
    files.flatMap(({ path, mode }) => {
      const digest = digests.get(name)?.get(path)
      return digest === undefined ? [] : [[path, { digest, mode }] as const]
    }),
  )
}

/** Whether two records say the same of the folder and of the servers, whoever wrote them when. */
export function saysTheSame(one: Pushed, other: Pushed): boolean {
  const facts = ({ fleet, folder, fleetFile, zonesDigest, servers }: Pushed) =>
    JSON.stringify([
      fleet,
      folder.digest,
      fleetFile,
      zonesDigest,
      [...servers].map(([name, files]) => [name, [...files].toSorted(byPath)]).toSorted(byPath),
    ])
  return facts(one) === facts(other)
}

function byPath(left: readonly unknown[], right: readonly unknown[]): number {
  return String(left[0]) < String(right[0]) ? -1 : 1
}

/** On a peer `named.conf`, the state and the markers follow the roles; all else stays. */
export function changesWithRole(path: string): boolean {
  return /\/(named\.conf|baton\/state|baton\/marker\/[^/]+)$/.test(path)
}
