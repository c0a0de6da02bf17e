import { CODES, type Failure } from '../../../core/base/index.ts'
import { type SetStanding, type Snapshot, zoneId } from '../../../core/snapshot/index.ts'
import { differenceInWords } from '../../../core/verify/index.ts'
import type { ContentDifference, ContentPair } from '../../../io/compare/index.ts'
import { querySoa } from '../../../io/net/index.ts'
import { type FleetLinks, type ServerLink, viewKey } from '../../../io/observe/index.ts'
import type { UnknownContent } from '../../contract/index.ts'

/** A server that needs longer for one SOA is not asked for its zones. */
const ANSWER_DEADLINE_MS = 10_000

/**
 * Which of the servers do not answer DNS at all, and why. Only those are asked whose zones were not seen: a statistics
 * channel that is down says nothing about transfers.
 */
export async function findSilent(
  links: FleetLinks,
  snapshot: Snapshot,
  servers: readonly ServerLink[],
): Promise<ReadonlyMap<string, Failure>> {
  const silent = new Map<string, Failure>()
  await Promise.all(
    servers.map(async link => {
      if (snapshot.servers.get(link.server.name)?.zones.ok === true) return
      const key = viewKey(links, links.fleet.views[0]?.name ?? '_default')
      const answer = await querySoa(link.dns, links.fleet.marker, { key, deadlineMs: ANSWER_DEADLINE_MS })
      // An error is an answer too: whoever says REFUSED is there, and each zone will say why.
      if (!answer.ok && answer.error.code.startsWith('net.')) silent.set(link.server.name, answer.error)
    }),
  )
  return silent
}

/** Without one active there is no measure, so nothing of the set is known. */
export function unknownSet(
  { set, actives }: SetStanding,
  pairs: readonly ContentPair[],
): readonly UnknownContent[] {
  const names = actives.map(({ server }) => server).join(' and ')
  const because =
    actives.length > 1
      ? `${names} are both active for the set ${set}`
      : `no peer says that it is active for the set ${set}`
  const { remedy } = CODES['verify.active-unknown']
  return groupByServer(pairs).map(([server, zones]) => ({
    server,
    code: 'verify.active-unknown',
    because,
    remedy,
    zones,
  }))
}

/** Zones of servers that are silent, or of all when the active is. */
export function unknownServer(
  pairs: readonly ContentPair[],
  silent: ReadonlyMap<string, Failure>,
  active: string,
): readonly UnknownContent[] {
  const failureActive = silent.get(active)
  return groupByServer(pairs).flatMap(([server, zones]) => {
    const failure = silent.get(server) ?? failureActive
    if (failure === undefined) return []
    const because = silent.has(server)
      ? failure.because
      : `the active ${active} does not answer: ${failure.because}`
    return [{ server, code: 'verify.content-unknown', because, remedy: failure.remedy, zones }]
  })
}

/** Zones that could not be transferred, those with one cause together. */
export function unknownContents(differences: readonly ContentDifference[]): readonly UnknownContent[] {
  const groups = new Map<string, UnknownContent & { readonly zones: string[] }>()
  for (const { server, zone, difference } of differences) {
    const because = differenceInWords(difference)
    const key = `${server} ${because}`
    const group = groups.get(key)
    if (group !== undefined) group.zones.push(zone)
    else {
      const code = 'verify.content-unknown'
      groups.set(key, { server, code, because, remedy: CODES[code].remedy, zones: [zone] })
    }
  }
  return [...groups.values()]
}

function groupByServer(pairs: readonly ContentPair[]): readonly (readonly [string, readonly string[]])[] {
  const groups = new Map<string, string[]>()
  for (const { server, zone } of pairs) {
    const zones = groups.get(server.server.name) ?? []
    groups.set(server.server.name, zones)
    zones.push(zoneId(zone.name, zone.view))
  }
  return [...groups]
}
