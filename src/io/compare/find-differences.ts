import { compareSerials } from '../../core/base/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import { type FleetLinks, type ServerLink, seeZones } from '../observe/index.ts'
import {
  type ContentDifference,
  type ContentPair,
  type ContentQuestion,
  compareContent,
} from './compare-content.ts'

/**
 * What is not equal, and is not waited for where serials tell at once: the reference is asked after the servers, so that one
 * whose serial is newer all the same has something that the reference never had.
 */
export async function findDifferences(
  links: FleetLinks,
  { reference, pairs, unled }: Pick<ContentQuestion, 'reference' | 'pairs' | 'unled'>,
): Promise<readonly ContentDifference[]> {
  const ahead = await findAhead(links, { reference, pairs })
  const known = new Set(ahead.map(({ server, zone }) => `${server} ${zone}`))
  const rest = pairs.filter(pair => !known.has(`${pair.server.server.name} ${idOf(pair)}`))
  const { differences } = await compareContent(links, { reference, pairs: rest, unled })
  return [...ahead, ...differences]
}

async function findAhead(
  links: FleetLinks,
  { reference, pairs }: Pick<ContentQuestion, 'reference' | 'pairs'>,
): Promise<readonly ContentDifference[]> {
  const pairsOf = new Map<ServerLink, ContentPair[]>()
  for (const pair of pairs) {
    const own = pairsOf.get(pair.server) ?? []
    own.push(pair)
    pairsOf.set(pair.server, own)
  }
  const seen = await Promise.all(
    [...pairsOf].map(async ([server, own]) => ({ own, zones: await seeZones(links, server, zonesIn(own)) })),
  )
  const measure = await seeZones(links, reference, zonesIn(pairs))
  if (!measure.ok) return []
  return seen.flatMap(({ own, zones }) =>
    own.flatMap(pair => {
      const zone = idOf(pair)
      const serial = zones.ok ? zones.value.zones.get(zone)?.serial : undefined
      const serialActive = measure.value.zones.get(zone)?.serial
      if (serial === undefined || serialActive === undefined) return []
      const order = compareSerials(serial, serialActive)
      if (order !== 'after' && order !== 'incomparable') return []
      const kind = order === 'after' ? 'content-ahead' : 'content-incomparable'
      return [{ server: pair.server.server.name, zone, difference: { kind, serial, serialActive } }]
    }),
  )
}

/** Each zone once, whoever holds it. */
function zonesIn(pairs: readonly ContentPair[]) {
  return [...new Map(pairs.map(pair => [idOf(pair), pair.zone])).values()]
}

function idOf({ zone }: ContentPair): string {
  return zoneId(zone.name, zone.view)
}
