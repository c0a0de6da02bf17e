import type { DomainName, Failure, Result } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { transferZones, type ZoneContent } from '../net/index.ts'
import { type FleetLinks, groupByView, type ServerLink, viewKey } from '../observe/index.ts'
import { idOf } from './context.ts'

/** Whose content is compared with whose. */
export type ContentQuestion = {
  readonly reference: ServerLink
  readonly servers: readonly ServerLink[]
  readonly zones: readonly RenderedZone[]
}

export type ContentComparison = {
  /** How many pairs (server, zone) have equal content at equal serials. */
  readonly equal: number
  readonly differences: readonly ContentDifference[]
}

/** `because` fits after the zone's name. */
export type ContentDifference = { readonly server: string; readonly zone: string; readonly because: string }

/** Zones move on while they are compared; one whose serials differ is compared again, this often. */
const ROUNDS_MAX = 20
const TRANSFERS_DEADLINE_MS = 600_000

/** Compares every zone by digest (RFC 8976), on the reference and on each server, at equal serials. */
export function compareContent(
  links: FleetLinks,
  { reference, servers, zones }: ContentQuestion,
): Promise<ContentComparison> {
  const pairs = servers.flatMap(server => zones.map(zone => ({ server, zone })))
  return comparePairs(links, { reference, pairs })
}

/** One zone on one server, to be compared with the reference's. */
export type ContentPair = { readonly server: ServerLink; readonly zone: RenderedZone }

export type PairsQuestion = { readonly reference: ServerLink; readonly pairs: readonly ContentPair[] }

/** As `compareContent`, of chosen zones alone; the reference is asked once for each. */
export async function comparePairs(
  links: FleetLinks,
  { reference, pairs }: PairsQuestion,
): Promise<ContentComparison> {
  let equal = 0
  let open = pairs
  const differences: ContentDifference[] = []
  let unequal: readonly ContentDifference[] = []
  for (let round = 0; round < ROUNDS_MAX && open.length > 0; round++) {
    const contents = await transferAll(links, { reference, pairs: open })
    const again: ContentPair[] = []
    const reasons: ContentDifference[] = []
    for (const pair of open) {
      const verdict = comparePair(pair, contents.get(reference), contents.get(pair.server))
      if (verdict === undefined) equal++
      else if (verdict.final) differences.push(verdict.difference)
      else {
        again.push(pair)
        reasons.push(verdict.difference)
      }
    }
    open = again
    unequal = reasons
  }
  return { equal, differences: [...differences, ...unequal] }
}

type Contents = ReadonlyMap<string, Result<ZoneContent, Failure>>

async function transferAll(
  links: FleetLinks,
  { reference, pairs }: PairsQuestion,
): Promise<ReadonlyMap<ServerLink, Contents>> {
  const wanted = new Map<ServerLink, Map<string, RenderedZone>>([[reference, new Map()]])
  for (const { server, zone } of pairs) {
    const zones = wanted.get(server) ?? new Map<string, RenderedZone>()
    wanted.set(server, zones.set(idOf(zone), zone))
    wanted.get(reference)?.set(idOf(zone), zone)
  }
  const contents = await Promise.all(
    [...wanted].map(
      async ([server, zones]) => [server, await transferFrom(links, server, [...zones.values()])] as const,
    ),
  )
  return new Map(contents)
}

async function transferFrom(
  links: FleetLinks,
  server: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Contents> {
  const contents = new Map<string, Result<ZoneContent, Failure>>()
  for (const [view, ofView] of groupByView(zones)) {
    const ids = new Map<DomainName, string>(ofView.map(zone => [zone.name, idOf(zone)]))
    await transferZones(server.server.dns, [...ids.keys()], {
      key: viewKey(links, view),
      deadlineMs: TRANSFERS_DEADLINE_MS,
      onZone: (name, content) => contents.set(ids.get(name) ?? name, content),
    })
  }
  return contents
}

type PairVerdict = { readonly final: boolean; readonly difference: ContentDifference }

/** Nothing when equal. A failure or a difference in content is final; different serials are looked at again. */
function comparePair(
  { server, zone }: ContentPair,
  reference: Contents | undefined,
  own: Contents | undefined,
): PairVerdict | undefined {
  const id = idOf(zone)
  const here = reference?.get(id)
  const there = own?.get(id)
  const differ = (because: string, final: boolean): PairVerdict => ({
    final,
    difference: { server: server.server.name, zone: id, because },
  })
  if (here?.ok !== true) return differ(`could not be transferred from the active: ${becauseOf(here)}`, true)
  if (there?.ok !== true) return differ(`could not be transferred: ${becauseOf(there)}`, true)
  if (here.value.serial !== there.value.serial)
    return differ(`stands at ${there.value.serial}, the active at ${here.value.serial}`, false)
  if (here.value.digest === there.value.digest) return undefined
  return differ(`has other content at the same serial ${here.value.serial}`, true)
}

function becauseOf(content: Result<ZoneContent, Failure> | undefined): string {
  return content?.ok === false ? content.error.because : 'no answer'
}
