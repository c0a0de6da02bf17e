import type { Refusal } from '../../../core/base/index.ts'
import type { Fleet, Peer } from '../../../core/fleet/index.ts'
import { foreign } from '../../../core/plan/index.ts'
import { firstStandings, type Standing } from '../../../core/render/index.ts'
import { isOurs, type SaidName, type SeenStanding, type SeenState } from '../../../core/snapshot/index.ts'
import { attend, type FleetLinks, type ServerLink, seeMarker, seeState } from '../../../io/observe/index.ts'
import { systemClock, timestamp } from './clock.ts'

/** What a peer says of itself. */
export type SaidOfItself = {
  readonly state: SeenState
  /** Who it says that it is, where that is another. */
  readonly other: SaidName | undefined
}

/** What the peers say of themselves, together. */
export type WhatTheySay = {
  /** Peers that say that they are others, or of another fleet. */
  readonly foreign: readonly Refusal[]
  /** How every peer stands, as the peers' own state files say. */
  readonly standings: ReadonlyMap<string, readonly Standing[]>
}

/** What follows from what the peers say of themselves. */
export function whoSays(fleet: Fleet, said: ReadonlyMap<string, SaidOfItself>): WhatTheySay {
  return {
    foreign: [...said].flatMap(([peer, { other }]) =>
      other === undefined ? [] : [foreign(fleet, peer, other)],
    ),
    standings: standingsFrom(fleet, new Map([...said].map(([peer, { state }]) => [peer, state]))),
  }
}

/** How each peer stands by its own word: its marker says what named runs, its state file what was last written. */
export async function readStates(links: FleetLinks): Promise<ReadonlyMap<string, SaidOfItself>> {
  const peers = links.servers.filter(({ server }) => server.kind === 'peer')
  const states = await Promise.all(
    peers.map(async link => {
      const { name } = link.server
      return [name, await attend(links, name, () => readState(links, link))] as const
    }),
  )
  return new Map(states)
}

/**
 * The marker counts more than the state file: somebody may have switched by hand, and what Baton writes must not turn
 * that back. Either counts only when it names this fleet and this server.
 */
async function readState(links: FleetLinks, link: ServerLink): Promise<SaidOfItself> {
  const { name: server, sets } = link.server
  const isOwn = (says: SaidName) => isOurs(links.fleet, server, says)
  const [state, ...markers] = await Promise.all([
    seeState(link),
    ...sets.map(async set => ({ set, marker: await seeMarker(links, link, set) })),
  ])
  const inFile = state.ok && state.value !== undefined ? [state.value] : []
  const served = markers.flatMap(({ set, marker }) => (marker.ok ? [{ set, ...marker.value }] : []))
  const standings = new Map<string, SeenStanding>(inFile.filter(isOwn).flatMap(({ sets }) => [...sets]))
  for (const { set, role, term, since } of served.filter(isOwn)) standings.set(set, { role, term, since })
  return {
    state: { fleet: links.fleet.name, server, sets: standings },
    other: [...served, ...inFile].find(says => !isOwn(says)),
  }
}

/** As the peers say; where none says anything of a set, as the fleet begins; a silent peer is a standby of the newest term. */
export function standingsFrom(
  fleet: Fleet,
  states: ReadonlyMap<string, SeenState>,
): ReadonlyMap<string, readonly Standing[]> {
  const first = firstStandings(fleet, timestamp(systemClock.now()))
  const peers = fleet.servers.filter((server): server is Peer => server.kind === 'peer')
  return new Map(
    peers.map(peer => [
      peer.name,
      (first.get(peer.name) ?? []).map(standing => {
        const own = states.get(peer.name)?.sets.get(standing.set)
        const newest = newestStanding(states, standing.set)
        if (newest === undefined) return standing
        // A standby that has not heard of the newest term is to be told of it.
        const isBehind = own?.role === 'standby' && own.term < newest.term
        if (own !== undefined && !isBehind) return { set: standing.set, ...own }
        return { ...newest, set: standing.set, role: 'standby' as const }
      }),
    ]),
  )
}

function newestStanding(states: ReadonlyMap<string, SeenState>, set: string) {
  return [...states.values()]
    .flatMap(state => state.sets.get(set) ?? [])
    .toSorted((left, right) => right.term - left.term)[0]
}
