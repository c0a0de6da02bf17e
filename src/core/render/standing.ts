import type { Fleet, Peer } from '../fleet/index.ts'
import { layoutOf } from './layout.ts'
import { printMarker } from './marker.ts'
import type { RenderedFile, Role, Standing } from './rendered.ts'
import { printState } from './state.ts'

/** What a set's `since` says before its first term: no promotion was ever recorded. */
export const SINCE_NEVER = '1970-01-01T00:00:00Z'

const ROLES: readonly Role[] = ['active', 'standby']

/**
 * The files that say how a peer stands, and nothing else: its marker databases and `baton/state`. A promotion
 * writes these with the new term before it installs the configuration that serves them.
 */
export function renderStanding(
  fleet: Fleet,
  peer: Peer,
  standings: readonly Standing[],
): readonly RenderedFile[] {
  const layout = layoutOf(fleet, peer)
  const markers = standings.flatMap(standing =>
    ROLES.map(role => ({
      path: layout.marker(role, standing.set),
      content: printMarker({ ...standing, role, server: peer.name, fleet: fleet.name }),
      mode: 0o644,
      secret: false,
    })),
  )
  return [
    ...markers,
    { path: layout.state, content: printState(fleet, peer, standings), mode: 0o644, secret: false },
  ]
}

/** How the peers stand when a fleet begins: term 1, each set with its first active peer. */
export function firstStandings(fleet: Fleet, since: string): ReadonlyMap<string, readonly Standing[]> {
  return new Map(
    fleet.servers
      .filter(server => server.kind === 'peer')
      .map(peer => [
        peer.name,
        standingsOf(fleet, peer, []).map(standing => ({ ...standing, term: 1, since })),
      ]),
  )
}

/**
 * A standing for every set that the peer holds, in the order of the fleet. A set nobody has said anything about
 * stands as the fleet file wishes, in term 0: any server that knows a term knows better.
 */
export function standingsOf(fleet: Fleet, peer: Peer, known: readonly Standing[]): readonly Standing[] {
  return fleet.zoneSets
    .filter(set => peer.sets.includes(set.name))
    .map(
      set =>
        known.find(standing => standing.set === set.name) ?? {
          set: set.name,
          role: set.firstActive === peer.name ? 'active' : 'standby',
          term: 0,
          since: SINCE_NEVER,
        },
    )
}
