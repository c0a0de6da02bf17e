import type { Failure, Result } from '../base/index.ts'
import type { Fleet } from '../fleet/index.ts'
import type { SeenMarker, Snapshot } from './snapshot.ts'

/** What a peer says of its role for one zone set, or that it does not say. */
export type PeerStanding = {
  readonly server: string
  readonly marker: SeenMarker | undefined
}

/** Who is active for a zone set, as the markers tell. Two actives, or an unknown one, leave `active` empty. */
export type SetStanding = {
  readonly set: string
  readonly peers: readonly PeerStanding[]
  readonly actives: readonly SeenMarker[]
  /** The one active peer's name, when exactly one marker says active. */
  readonly active: string | undefined
  /** The newest term any peer names; 0 when none does. */
  readonly term: number
}

export function standingOf(fleet: Fleet, snapshot: Snapshot, set: string): SetStanding {
  const peers = fleet.servers
    .filter(server => server.kind === 'peer' && server.sets.includes(set))
    .map(({ name }) => ({
      server: name,
      marker: ownMarker(fleet, name, snapshot.servers.get(name)?.markers.get(set)),
    }))
  const markers = peers.flatMap(peer => (peer.marker === undefined ? [] : [peer.marker]))
  const actives = markers.filter(marker => marker.role === 'active')
  return {
    set,
    peers,
    actives,
    active: actives.length === 1 ? actives[0]?.server : undefined,
    term: Math.max(0, ...markers.map(marker => marker.term)),
  }
}

/** A marker counts only when it names this fleet and this server. */
function ownMarker(
  fleet: Fleet,
  server: string,
  answer: Result<SeenMarker, Failure> | undefined,
): SeenMarker | undefined {
  if (answer?.ok !== true) return undefined
  return answer.value.fleet === fleet.name && answer.value.server === server ? answer.value : undefined
}
