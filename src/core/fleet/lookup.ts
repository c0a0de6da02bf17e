import {
  type DomainName,
  fail,
  invariant,
  ok,
  parseDomainName,
  type Refusal,
  type Result,
  refuse,
} from '../base/index.ts'
import { DEFAULT_SET } from './defaults.ts'
import type { Fleet, Peer, Secondary, Server, ZoneSet } from './fleet.ts'
import { listWords } from './list-words.ts'
import { suggest } from './suggest.ts'

/** The peers that hold a zone set, in the order of the file. */
export function peersOf(fleet: Fleet, set: string): Peer[] {
  return fleet.servers.filter((server): server is Peer => server.kind === 'peer' && server.sets.includes(set))
}

/** Whether Baton writes its files and gives it orders; a secondary may be there to be looked at only. */
export function isManaged(server: Server): boolean {
  return server.kind === 'peer' || server.managed
}

/** Those with which `server` may change roles for a zone set. */
export function otherPeers(fleet: Fleet, server: string, set: string): Peer[] {
  return peersOf(fleet, set).filter(peer => peer.name !== server)
}

/** The secondaries whose group follows a server, whether first or later. */
export function secondariesFollowing(fleet: Fleet, server: string): Secondary[] {
  const groups = new Set(
    fleet.groups.filter(group => group.follows.includes(server)).map(group => group.name),
  )
  return fleet.servers.filter(
    (follower): follower is Secondary => follower.kind === 'secondary' && groups.has(follower.group),
  )
}

/** Where a zone set's marker is: `MARKER` for the set `default`, `SET.MARKER` for another. */
export function markerOf(fleet: Fleet, set: string): DomainName {
  if (set === DEFAULT_SET) return fleet.marker
  const marker = parseDomainName(`${set}.${fleet.marker}`)
  invariant(marker.ok, 'a checked fleet has a marker for every set')
  return marker.value
}

/** The server of that name, or a refusal with the name that was likely meant. */
export function findServer(fleet: Fleet, name: string): Result<Server, Refusal> {
  const server = fleet.servers.find(candidate => candidate.name === name)
  const names = fleet.servers.map(candidate => candidate.name)
  return server === undefined
    ? fail(unknown({ code: 'fleet.unknown-server', kind: 'server', name, names }))
    : ok(server)
}

/** The zone set of that name, or a refusal with the name that was likely meant. */
export function findZoneSet(fleet: Fleet, name: string): Result<ZoneSet, Refusal> {
  const set = fleet.zoneSets.find(candidate => candidate.name === name)
  const names = fleet.zoneSets.map(candidate => candidate.name)
  return set === undefined
    ? fail(unknown({ code: 'fleet.unknown-set', kind: 'zone set', name, names }))
    : ok(set)
}

type Unknown = {
  readonly code: Refusal['code']
  readonly kind: string
  readonly name: string
  readonly names: readonly string[]
}

function unknown({ code, kind, name, names }: Unknown): Refusal {
  const meant = suggest(name, names)
  return refuse({
    code,
    subject: name,
    because: `the fleet has no ${kind} \`${name}\``,
    remedy: meant === undefined ? `Use one of ${listWords(names)}.` : `Did you mean \`${meant}\`?`,
  })
}
