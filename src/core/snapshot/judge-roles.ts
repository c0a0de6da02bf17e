import { type Fleet, type Peer, peersOf, type Server } from '../fleet/index.ts'
import type { Expected } from './expected.ts'
import type { ForkSeen } from './explain-two-actives.ts'
import { foreignName } from './foreign.ts'
import { type SeenMarker, type SeenServer, type Snapshot, zoneId } from './snapshot.ts'
import { standingOf } from './standing.ts'
import type { Verdict } from './verdict.ts'

/** Who is active, and whether marker, state and zone types tell the same story. */
export function judgeRoles(fleet: Fleet, expected: Expected, snapshot: Snapshot): readonly Verdict[] {
  const names = fleet.servers.flatMap(server => judgeName(fleet, server, snapshot))
  const roles = fleet.zoneSets.flatMap(({ name: set }) => {
    const standing = standingOf(fleet, snapshot, set)
    const verdicts: Verdict[] = []
    if (standing.actives.length > 1) {
      const { actives } = standing
      verdicts.push({
        kind: 'two-actives',
        set,
        inRun: isHeld(snapshot),
        actives,
        forks: forksBetween(expected, snapshot, { set, actives }),
        recorded: actives.filter(active => isRecorded(snapshot, set, active)).map(({ server }) => server),
      })
    }
    const allKnown = standing.peers.every(peer => peer.marker !== undefined)
    if (standing.actives.length === 0 && allKnown) verdicts.push({ kind: 'no-active', set })
    for (const server of peersOf(fleet, set)) {
      const seen = snapshot.servers.get(server.name)
      if (seen !== undefined)
        verdicts.push(
          ...judgePeer({
            fleet,
            expected,
            server,
            seen,
            snapshot,
            set,
            termNewest: standing.term,
            knownBy: standing.peers.flatMap(({ server: name, marker }) =>
              marker?.term === standing.term ? [name] : [],
            ),
            termReached: snapshot.termsReached?.get(server.name)?.get(set) ?? 0,
          }),
        )
    }
    return verdicts
  })
  return [...roles, ...names]
}

function isHeld({ servers }: Snapshot): boolean {
  return [...servers.values()].some(({ files }) => files?.ok && files.value.lock !== undefined)
}

function isRecorded(snapshot: Snapshot, set: string, { server, term }: SeenMarker): boolean {
  const files = snapshot.servers.get(server)?.files
  const state = files?.ok ? files.value.state?.sets.get(set) : undefined
  return state?.role === 'active' && state.term === term
}

type Rivals = { readonly set: string; readonly actives: readonly SeenMarker[] }

/** Zones that forked for certain; behind equal serials there may be more. */
function forksBetween(expected: Expected, snapshot: Snapshot, { set, actives }: Rivals): readonly ForkSeen[] {
  const [first] = actives
  const zones = expected.get(first?.server ?? '')?.zones.filter(zone => zone.set === set) ?? []
  return zones.flatMap(({ name, view }) => {
    const zone = zoneId(name, view)
    const seen = actives.flatMap(({ server }) => {
      const held = snapshot.servers.get(server)?.zones
      const serial = held?.ok ? held.value.zones.get(zone)?.serial : undefined
      return serial === undefined ? [] : [{ server, serial }]
    })
    if (new Set(seen.map(({ serial }) => serial)).size < 2) return []
    return [{ zone, serials: seen.map(({ server, serial }) => `${server} at ${serial}`) }]
  })
}

/** A peer whose marker or state file names another server or fleet, once, whatever the number of its sets. */
function judgeName(fleet: Fleet, server: Server, snapshot: Snapshot): Verdict[] {
  const says = foreignName(fleet, server, snapshot)
  return says === undefined ? [] : [{ kind: 'foreign-fleet', server: server.name, says }]
}

type PeerCase = {
  readonly fleet: Fleet
  readonly expected: Expected
  readonly server: Peer
  readonly seen: SeenServer
  readonly snapshot: Snapshot
  readonly set: string
  readonly termNewest: number
  readonly knownBy: readonly string[]
  readonly termReached: number
}

function judgePeer(peer: PeerCase): Verdict[] {
  const { fleet, server, seen, snapshot, set, termNewest, knownBy, termReached } = peer
  const answer = seen.markers.get(set)
  if (answer === undefined) return []
  if (!answer.ok) {
    // A server that does not answer at all is said to be unseen, once.
    return seen.zones.ok ? [{ kind: 'role-unknown', server: server.name, set, failure: answer.error }] : []
  }
  const marker = answer.value
  // What another fleet's server says of roles and terms says nothing here.
  if (foreignName(fleet, server, snapshot) !== undefined) return []
  const verdicts: Verdict[] = []
  const contradicting = zonesAgainst(peer, marker)
  if (contradicting.length > 0)
    verdicts.push({ kind: 'marker-contradicts', server: server.name, set, marker, zones: contradicting })
  if (seen.files?.ok) {
    const state = seen.files.value.state?.sets.get(set)
    if (state?.role !== marker.role || state.term !== marker.term)
      verdicts.push({ kind: 'state-contradicts', server: server.name, set, marker, state })
  }
  const { role, term } = marker
  if (term < termReached)
    verdicts.push({ kind: 'term-went-back', server: server.name, set, role, term, termReached })
  else if (term < termNewest)
    verdicts.push({ kind: 'term-behind', server: server.name, set, role, term, termNewest, knownBy })
  return verdicts
}

/** Zones of the set whose type is not what the marker's role says. */
function zonesAgainst({ expected, server, seen, set }: PeerCase, marker: SeenMarker): string[] {
  if (!seen.zones.ok) return []
  const { zones } = seen.zones.value
  const typeExpected = marker.role === 'active' ? 'primary' : 'secondary'
  return (expected.get(server.name)?.zones ?? [])
    .filter(zone => zone.set === set)
    .map(zone => zoneId(zone.name, zone.view))
    .filter(id => {
      const type = zones.get(id)?.type ?? 'unknown'
      return type !== 'unknown' && type !== typeExpected
    })
}
