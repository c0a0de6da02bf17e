import {
  type Code,
  type DomainName,
  type Failure,
  invariant,
  ok,
  type Result,
  type SharedKey,
} from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import type { SeenZones } from '../../core/snapshot/index.ts'
import { fetchZoneStatistics, querySerials, ServedZones } from '../net/index.ts'
import { type FleetLinks, fleetKey, type ServerLink } from './link.ts'

/** Type, serial and state of a server's zones: from its statistics channel, or by DNS where it has none. */
export async function seeZones(
  links: FleetLinks,
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<SeenZones, Failure>> {
  const statistics = link.dial('statistics')
  if (statistics === undefined) return seeZonesByDns(links, link, zones)
  const fetched = await fetchZoneStatistics(statistics, {
    deadlineMs: links.questionMs,
    names: links.zoneNames,
  })
  if (!fetched.ok) return fetched
  const { zones: served, currentTime: time } = fetched.value
  return ok({ source: 'statistics', time, zones: served })
}

/**
 * DNS tells serials alone: the type of a zone stays unknown, and so does the expiry. A zone has no serial only where the server says
 * so; one question that was not answered fails the whole look, because a zone that was not seen is not one that is not loaded.
 */
export async function seeZonesByDns(
  links: FleetLinks,
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<SeenZones, Failure>> {
  const seen = new ServedZones(links.zoneNames)
  for (const [view, ofView] of groupByView(zones)) {
    const names = ofView.map(({ name }) => name)
    const serials = await askSerials(links, link, { view, names })
    let next = 0
    for (const [name, answer] of serials) {
      if (!answer.ok && answer.error.code === 'dns.not-authoritative') continue
      if (!answer.ok && !OF_THE_ZONE.has(answer.error.code)) return answer
      const serial = answer.ok ? answer.value : undefined
      const row = links.zoneNames.rowOf(name, view, next)
      invariant(row !== undefined, 'there is room for the zones of a fleet')
      seen.put(row, { ...NOTHING_ELSE, serial })
      next = row + 1
    }
  }
  return ok({ source: 'dns', zones: seen })
}

/** What a server says of a zone, as against an answer that did not come. */
const OF_THE_ZONE: ReadonlySet<Code> = new Set(['dns.rcode', 'dns.no-data'])

const NOTHING_ELSE = {
  type: 'unknown',
  loadTime: Number.NaN,
  expires: Number.NaN,
  refresh: Number.NaN,
} as const

type SerialsQuestion = { readonly view: string; readonly names: readonly DomainName[] }
type Serials = Awaited<ReturnType<typeof querySerials>>

/**
 * Signing costs ten times what the question does. So where no view hangs on a key, the signed question is only put about
 * zones that are refused to strangers: an unsigned answer over TCP is as good as the statistics channel's.
 */
async function askSerials(
  links: FleetLinks,
  link: ServerLink,
  { view, names }: SerialsQuestion,
): Promise<Serials> {
  const deadlineMs = links.questionMs
  const [key, dns] = [viewKey(links, view), link.dial('dns')]
  if (links.fleet.views.length > 0) return querySerials(dns, names, { key, deadlineMs })
  const unsigned = await querySerials(dns, names, { deadlineMs })
  const refused = names.filter(name => {
    const answer = unsigned.get(name)
    return answer?.ok === false && answer.error.code === 'dns.rcode'
  })
  if (refused.length === 0) return unsigned
  const signed = await querySerials(dns, refused, { key, deadlineMs })
  return new Map([...unsigned, ...signed])
}

/** The key that leads to a view, or the fleet's own. */
export function viewKey(links: FleetLinks, view: string): SharedKey | undefined {
  const name = links.fleet.views.find(candidate => candidate.name === view)?.key
  return name === undefined ? fleetKey(links) : links.keys.get(name)
}

export function groupByView(zones: readonly RenderedZone[]): ReadonlyMap<string, readonly RenderedZone[]> {
  const views = new Map<string, RenderedZone[]>()
  for (const zone of zones) {
    const group = views.get(zone.view)
    if (group === undefined) views.set(zone.view, [zone])
    else group.push(zone)
  }
  return views
}
