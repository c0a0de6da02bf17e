import { type Fleet, type Group, type Peer, peersOf, type Secondary, type Server } from '../../fleet/index.ts'
import { quoteString } from '../conf-text.ts'
import type { ZonePart } from '../layout.ts'

/**
 * The name of the list of servers that a server transfers a set's zones from; the active tells them of changes too.
 * The zone blocks are alike on every server of a role; what differs from server to server stands in this list, once.
 * A part of the name for each of set and view where the fleet has several.
 */
export function listName(fleet: Fleet, part: ZonePart): string {
  return nameOf(fleet, part, LIST_NAME)
}

/** The name of the list of secondaries that ask a peer before any other: whom it tells of changes as a standby. */
export function followersName(fleet: Fleet, part: ZonePart): string {
  return nameOf(fleet, part, FOLLOWERS_NAME)
}

function nameOf(fleet: Fleet, part: ZonePart, name: string): string {
  const set = fleet.zoneSets.length === 1 ? [] : [part.set]
  const view = part.view === undefined ? [] : [part.view]
  return [name, ...set, ...view].join('/')
}

/** How the names of Baton's own lists begin. */
const LIST_NAME = 'baton-others'
const FOLLOWERS_NAME = 'baton-followers'

/** Whether a list's name, or an element `"NAME";` that refers to one, is Baton's. */
export function isOwnList(text: string): boolean {
  const name = text.replace(/^"/, '')
  return name.startsWith(LIST_NAME) || name.startsWith(FOLLOWERS_NAME)
}

/** The key that signs transfers and notifications of a view: its own, which its `match-clients` names. */
export function transferKeyOf(fleet: Fleet, view: string | undefined): string {
  return fleet.views.find(candidate => candidate.name === view)?.key ?? fleet.policy.transferKey
}

/** The statements that define the lists of a server for one part of its zones; a secondary tells nobody. */
export function printLists(fleet: Fleet, server: Server, part: ZonePart): readonly string[] {
  const print = (name: string, servers: readonly Server[]): readonly string[] => {
    const key = quoteString(transferKeyOf(fleet, part.view))
    return [
      `primaries ${quoteString(name)} {`,
      ...servers.map(({ dns }) => `\t${dns.address} port ${dns.port} key ${key};`),
      '};',
    ]
  }
  const others = print(listName(fleet, part), othersOf(fleet, server, part.set))
  if (server.kind === 'secondary') return others
  return [...others, ...print(followersName(fleet, part), followersOf(fleet, server, part.set))]
}

/**
 * The servers that a server asks, first choice first. A standby asks the other peers, in a ring from the one after it, then
 * every secondary: what an active that is gone had passed on to anyone is found there. A secondary asks the peers that its group follows, then
 * the rest.
 */
function othersOf(fleet: Fleet, server: Server, set: string): readonly Server[] {
  if (server.kind === 'secondary') return inOrderOf(groupOf(fleet, server), peersOf(fleet, set))
  return [...ringFrom(fleet, server.name, set), ...secondariesHolding(fleet, set)]
}

/**
 * The other peers, beginning with the one after this and going round. named forwards an update to the first primary that
 * answers, and so does a standby that gets a forwarded one: round a ring it reaches whoever is active, while two standbys that
 * named each other first would pass it to and fro until it times out.
 */
function ringFrom(fleet: Fleet, server: string, set: string): readonly Peer[] {
  const peers = peersOf(fleet, set)
  const own = peers.findIndex(({ name }) => name === server)
  return [...peers.slice(own + 1), ...peers.slice(0, Math.max(own, 0))]
}

/**
 * Those whose first choice is this peer: secondaries, and from three peers on the standby before it in the ring. A server
 * that hears of a change takes it from the first of its list that is newer than itself, which may itself be a step
 * behind; it is told again once that one has caught up.
 */
function followersOf(fleet: Fleet, peer: Server, set: string): readonly Server[] {
  const peers = peersOf(fleet, set)
  const standbys = peers.length < PEERS_IN_RING_MIN ? [] : peers.filter(({ name }) => name !== peer.name)
  return [...standbys, ...secondariesHolding(fleet, set)].filter(
    follower => othersOf(fleet, follower, set)[0]?.name === peer.name,
  )
}

/** Of two peers each is the other's first choice, and one of them is the active. */
const PEERS_IN_RING_MIN = 3

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
