import {
  type Fleet,
  type Group,
  otherPeers,
  type Peer,
  peersOf,
  type Secondary,
  type Server,
} from '../fleet/index.ts'
import { quote } from './conf-text.ts'
import type { ZonePart } from './layout.ts'

/**
 * The name of the list of servers that a server transfers a set's zones from, and tells of their changes. The zone
 * blocks are alike on every server of a role; what differs from server to server stands in this list, once. A part
 * of the name for each of set and view where the fleet has several.
 */
export function listName(fleet: Fleet, part: ZonePart): string {
  const set = fleet.zoneSets.length === 1 ? [] : [part.set]
  const view = part.view === undefined ? [] : [part.view]
  return [LIST_NAME, ...set, ...view].join('/')
}

/** How the names of Baton's own lists begin. */
export const LIST_NAME = 'baton-others'

/** The key that signs transfers and notifications of a view: its own, which its `match-clients` names. */
export function transferKeyOf(fleet: Fleet, view: string | undefined): string {
  return fleet.views.find(candidate => candidate.name === view)?.key ?? fleet.policy.transferKey
}

/** The statement that defines the list of a server for one part of its zones. */
export function printList(fleet: Fleet, server: Server, part: ZonePart): readonly string[] {
  const key = quote(transferKeyOf(fleet, part.view))
  return [
    `primaries ${quote(listName(fleet, part))} {`,
    ...othersOf(fleet, server, part.set).map(({ dns }) => `\t${dns.address} port ${dns.port} key ${key};`),
    '};',
  ]
}

/**
 * The servers that a server asks, first choice first, and notifies. A standby asks the other peers, then every
 * secondary: what an active that is gone had passed on to anyone is found there. A secondary asks the peers that its
 * group follows, then the rest; it tells the peers alone, so that the standby hears at once through whoever heard
 * first, and one change costs at most peers × servers messages.
 */
export function othersOf(fleet: Fleet, server: Server, set: string): readonly Server[] {
  if (server.kind === 'secondary') return inOrderOf(groupOf(fleet, server), peersOf(fleet, set))
  return [...otherPeers(fleet, server.name, set), ...secondariesHolding(fleet, set)]
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
