import { setTimeout as pause } from 'node:timers/promises'
import type { DomainName, Instant } from '../../core/base/index.ts'
import { prerequisiteOnlyUpdate } from '../../core/dns/index.ts'
import type { Sighting } from '../../core/plan/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { type SeenZone, type Snapshot, zoneId } from '../../core/snapshot/index.ts'
import { DnsClient, querySoas, sendUpdate } from '../net/index.ts'
import { type FleetLinks, linkOf, type ServerLink } from './link.ts'
import { groupByView, seeZones, viewKey } from './see-zones.ts'

/** Who is asked about an active that does not answer us. */
export type ThroughQuestion = {
  /** The standby that should take over, and its zones of the set. */
  readonly to: string
  readonly zones: readonly RenderedZone[]
  /** The other servers that answer. */
  readonly survivors: readonly string[]
  /** What was seen of all of them when the active did not answer. */
  readonly snapshot: Snapshot
}

/** Last contacts, zone by zone; and through whom the active was seen to be alive. */
export type ActiveThrough = { readonly contacts: Contacts; readonly sightings: readonly Sighting[] }

/** `zoneId` → when any server last had an answer from a primary about it, to the second. */
export type Contacts = ReadonlyMap<string, Instant>

/** Updates go from one server to the next: an active that is well answers in a fraction of this, in milliseconds. */
const FORWARD_DEADLINE_MS = 1500
/** A refresh is one question and its answer; this long it is watched, in milliseconds. */
const REFRESH_WATCHED_MS = 700
const LOOK_INTERVAL_MS = 50
/** Times are told in whole seconds, and pass through several servers. */
const TOLERANCE_MS = 2500

/**
 * Whether others reach an active that we do not reach. A standby passes an update on to it: one that changes nothing is
 * sent. And a copy's time of expiry moves only as far as the server asked allows (EDNS EXPIRE, RFC 7314): past what
 * all survivors have it can be moved by a primary alone; so they are asked to refresh a zone, and watched.
 */
export async function seeActiveThrough(links: FleetLinks, question: ThroughQuestion): Promise<ActiveThrough> {
  const forwarding = seeForwarding(links, question)
  const contacts = await lastContacts(links, question)
  const refreshing = seeRefreshes(links, { ...question, contacts })
  const sightings = await Promise.all([forwarding, refreshing])
  return { contacts, sightings: sightings.flat() }
}

async function seeForwarding(
  links: FleetLinks,
  { to, zones }: ThroughQuestion,
): Promise<readonly Sighting[]> {
  const sample = zones.find(
    ({ dynamic, updateKeys }) => dynamic && updateKeys.some(name => links.keys.has(name)),
  )
  if (sample === undefined) return []
  const key = sample.updateKeys.flatMap(name => links.keys.get(name) ?? [])[0]
  const update = prerequisiteOnlyUpdate(sample.name)
  // A connection of its own: behind an update that named is still passing on, it leaves further questions waiting.
  const client = new DnsClient(linkOf(links, to).dial('dns'))
  const answer = await sendUpdate(client, update, { key, deadlineMs: FORWARD_DEADLINE_MS })
  client.close()
  if (!answer.ok || answer.value.rcode !== 'NOERROR') return []
  return [{ server: to, how: `passed an update of ${sample.name} on to it, and it was taken` }]
}

/** Of each zone the newest time of expiry that any server has, less the time for which a copy is good. */
async function lastContacts(links: FleetLinks, question: ThroughQuestion): Promise<Contacts> {
  const { to, zones, snapshot } = question
  const contacts = new Map<string, Instant>()
  const names = [to, ...question.survivors]
  for (const [view, ofView] of groupByView(zones)) {
    const soas = await querySoas(
      linkOf(links, to).dial('dns'),
      ofView.map(({ name }) => name),
      { key: viewKey(links, view) },
    )
    for (const [name, soa] of soas) {
      const expires = newestExpiry(snapshot, names, zoneId(name, view))
      if (soa.ok && expires !== undefined)
        contacts.set(zoneId(name, view), expires - soa.value.expireS * 1000)
    }
  }
  return contacts
}

function newestExpiry(snapshot: Snapshot, names: readonly string[], id: string): Instant | undefined {
  const times = names.flatMap(name => zoneSeen(snapshot, name, id)?.expires ?? [])
  return times.length === 0 ? undefined : Math.max(...times)
}

function zoneSeen(snapshot: Snapshot, server: string, id: string): SeenZone | undefined {
  const zones = snapshot.servers.get(server)?.zones
  return zones?.ok ? zones.value.zones.get(id) : undefined
}

type RefreshQuestion = ThroughQuestion & { readonly contacts: Contacts }

/** The zone that nobody asked about for longest shows a new contact most clearly. */
async function seeRefreshes(links: FleetLinks, question: RefreshQuestion): Promise<readonly Sighting[]> {
  const [oldest] = [...question.contacts].sort((left, right) => left[1] - right[1])
  if (oldest === undefined) return []
  const [id] = oldest
  const zone = question.zones.find(({ name, view }) => zoneId(name, view) === id)
  if (zone === undefined) return []
  const known = newestExpiry(question.snapshot, [question.to, ...question.survivors], id)
  if (known === undefined) return []
  const watched = [question.to, ...question.survivors].map(name => linkOf(links, name))
  const seen = await Promise.all(watched.map(link => seeRefresh(links, link, { zone, id, known })))
  return seen.flat()
}

async function seeRefresh(
  links: FleetLinks,
  link: ServerLink,
  { zone, id, known }: { zone: RenderedZone; id: string; known: Instant },
): Promise<readonly Sighting[]> {
  if (link.server.kind === 'secondary' && !link.server.managed) return []
  const control = await link.control()
  if (!control.ok) return []
  const reference: { name: DomainName; view: string | undefined } = {
    name: zone.name,
    view: zone.view === '_default' ? undefined : zone.view,
  }
  const asked = await control.value.ask({ kind: 'refresh', zone: reference }, REFRESH_WATCHED_MS)
  if (!asked.ok) return []
  const until = links.clock.elapsed() + REFRESH_WATCHED_MS
  while (links.clock.elapsed() < until) {
    const seen = await seeZones(links, link, [zone])
    const expires = seen.ok ? seen.value.zones.get(id)?.expires : undefined
    if (expires !== undefined && expires > known + TOLERANCE_MS)
      return [
        { server: link.server.name, how: `had an answer about ${zone.name} that only a primary can give` },
      ]
    await pause(LOOK_INTERVAL_MS)
  }
  return []
}
