import type { Endpoint, Fleet, Group, Peer, Secondary, Server } from '../fleet/index.ts'
import { quote } from './conf-text.ts'
import { peersHolding, type ZonePart } from './layout.ts'

/**
 * The two named lists that a server's zone blocks refer to. The blocks are alike on every server of a role, so
 * what differs from server to server stands here, once.
 */
export type ServerList = 'primaries' | 'notify'

/** The name of a list: a part of it for each of set and view where the fleet has several. */
export function listName(fleet: Fleet, list: ServerList, part: ZonePart): string {
  const set = fleet.zoneSets.length === 1 ? [] : [part.set]
  const view = part.view === undefined ? [] : [part.view]
  return [`baton-${list}`, ...set, ...view].join('/')
}

/** The key that signs transfers and notifications of a view: its own, which its `match-clients` names. */
export function transferKeyOf(fleet: Fleet, view: string | undefined): string {
  return fleet.views.find(candidate => candidate.name === view)?.key ?? fleet.policy.transferKey
}

/** The statements that define both lists of a server for one part of its zones. */
export function printServerLists(fleet: Fleet, server: Server, part: ZonePart): readonly string[] {
  const key = transferKeyOf(fleet, part.view)
  const members = {
    primaries: primariesOf(fleet, server, part.set),
    notify: notifiedBy(fleet, server, part.set),
  }
  return (['primaries', 'notify'] as const).flatMap(list => [
    `primaries ${quote(listName(fleet, list, part))} {`,
    ...members[list].map(member => `\t${printEndpoint(member.dns)} key ${quote(key)};`),
    '};',
  ])
}

/**
 * Whom a server transfers a set's zones from, first choice first. A standby asks the other peers, then every
 * secondary: what an active that is gone had passed on to anyone is found there. A secondary asks the peers that
 * its group follows, then the rest.
 */
export function primariesOf(fleet: Fleet, server: Server, set: string): readonly Server[] {
  const peers = peersHolding(fleet, set)
  if (server.kind === 'secondary') return inOrderOf(groupOf(fleet, server), peers)
  return [...peers.filter(peer => peer !== server), ...secondariesHolding(fleet, set)]
}

/**
 * Whom a server tells of a change. Secondaries tell the peers alone, so that the standby hears at once through
 * whoever heard first, and one change costs at most peers × servers messages.
 */
export function notifiedBy(fleet: Fleet, server: Server, set: string): readonly Server[] {
  return server.kind === 'peer'
    ? primariesOf(fleet, server, set)
    : inOrderOf(groupOf(fleet, server), peersHolding(fleet, set))
}

function secondariesHolding(fleet: Fleet, set: string): readonly Secondary[] {
  return fleet.servers.filter(
    (server): server is Secondary => server.kind === 'secondary' && server.sets.includes(set),
  )
}

function groupOf(fleet: Fleet, secondary: Secondary): Group | undefined {
  return fleet.groups.find(group => group.name === secondary.group)
}

function inOrderOf(group: Group | undefined, peers: readonly Peer[]): readonly Peer[] {
  const follows = group?.follows ?? []
  const followed = follows.flatMap(name => peers.filter(peer => peer.name === name))
  return [...followed, ...peers.filter(peer => !follows.includes(peer.name))]
}

function printEndpoint(endpoint: Endpoint): string {
  return `${endpoint.address} port ${endpoint.port}`
}
