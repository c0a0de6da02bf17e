import { compareSerials, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { isManaged, type Server } from '../../../core/fleet/index.ts'
import {
  explain,
  type FenceRecord,
  judge,
  type SeenServer,
  type SetStanding,
  type Snapshot,
  standingOf,
  zoneId,
} from '../../../core/snapshot/index.ts'
import { LOOK_DEADLINE_MS, observe } from '../../../io/observe/index.ts'
import type { ServerStatus, SetStatus, StatusDocument, VerdictStatus } from '../../contract/index.ts'
import { withFrozenZones } from '../handover/frozen-zones.ts'
import { readTermsReached } from '../handover/terms-reached.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { withSession } from '../session/with-session.ts'
import { explainRun } from './explain-run.ts'
import { type DatedVerdict, dateVerdicts } from './first-seen.ts'
import { judgePushes } from './judge-pushes.ts'
import { judgeRemoved } from './judge-removed.ts'
import { lookAgain } from './look-again.ts'

/** How the fleet stands, and what is wrong with it. */
export function status(options: SessionOptions): Promise<Result<StatusDocument, readonly Problem[]>> {
  return withSession({ questionMs: LOOK_DEADLINE_MS, basis: 'either', ...options }, async session =>
    ok(await statusOf(session)),
  )
}

export async function statusOf(session: Session): Promise<StatusDocument> {
  const { fleet, links, rendered, expected } = session
  const [seen, termsReached, removed] = await Promise.all([
    observe(links, { rendered, preflight: new Map() }),
    readTermsReached(session),
    judgeRemoved(session),
  ])
  const snapshot = { ...(await withFrozenZones(session, await lookAgain(session, seen))), termsReached }
  const judged = [...judge(fleet, expected, snapshot), ...(await judgePushes(session)), ...removed]
  const dated = await dateVerdicts(fleet, judged, snapshot)
  const verdicts = await Promise.all(dated.map(verdict => verdictStatus(session, verdict, snapshot)))
  return {
    version: 1,
    document: 'status',
    fleet: fleet.name,
    taken: snapshot.taken,
    elapsedMs: Math.round(snapshot.elapsedMs),
    well: verdicts.every(({ severity }) => severity === 'notice'),
    sets: fleet.zoneSets.map(({ name }) => setStatus(session, snapshot, name)),
    servers: fleet.servers.map(server => serverStatus(session, snapshot, server)),
    verdicts,
  }
}

async function verdictStatus(
  session: Session,
  { verdict, since }: DatedVerdict,
  snapshot: Snapshot,
): Promise<VerdictStatus> {
  const isRun = verdict.kind === 'run-unfinished'
  const explanation = isRun
    ? await explainRun(session, verdict, snapshot)
    : explain(session.fleet, verdict, snapshot.taken - since)
  return { ...explanation, since }
}

function setStatus({ fleet, rendered }: Session, snapshot: Snapshot, set: string): SetStatus {
  const standing = standingOf(fleet, snapshot, set)
  const zones = Math.max(
    0,
    ...[...rendered.values()].map(server => server.zones.filter(zone => zone.set === set).length),
  )
  const active = standing.actives.length === 1 ? standing.actives[0] : undefined
  return {
    set,
    active: active?.server ?? null,
    term: standing.peers.some(({ marker }) => marker !== undefined) ? standing.term : null,
    since: active?.since ?? null,
    zones,
    silentActive: standing.actives.length === 0 ? silentActive(fleet.name, snapshot, standing) : null,
  }
}

/** Only one, and none whose marker or state is newer: otherwise nobody can tell. */
function silentActive(fleet: string, snapshot: Snapshot, { set, peers, term }: SetStanding): string | null {
  const states = peers.flatMap(({ server, marker }) => {
    const files = snapshot.servers.get(server)?.files
    const says = files?.ok ? files.value.state : undefined
    const state = says?.fleet === fleet && says.server === server ? says.sets.get(set) : undefined
    return state === undefined ? [] : [{ server, marker, ...state }]
  })
  const newest = Math.max(term, ...states.map(state => state.term))
  const [only, ...others] = states.filter(state => state.role === 'active' && state.term === newest)
  return only !== undefined && others.length === 0 && only.marker === undefined ? only.server : null
}

function serverStatus(session: Session, snapshot: Snapshot, server: Server): ServerStatus {
  const seen = snapshot.servers.get(server.name)
  return {
    server: server.name,
    kind: server.kind,
    group: server.kind === 'secondary' ? server.group : null,
    managed: isManaged(server),
    roles: server.kind === 'peer' ? rolesOf(session, snapshot, server) : {},
    seen: seen?.zones.ok === true,
    fenced: fencedInWords(session.fences.get(server.name)),
    bind: seen?.named?.ok === true ? seen.named.value.version : null,
    zones: countZones(session, snapshot, server),
    frozenUnasked: seen?.frozen?.unasked ?? null,
  }
}

function fencedInWords(record: FenceRecord | undefined): string | null {
  if (record === undefined) return null
  const end = record.ends === 'never' ? ', for good' : ''
  return `${record.words} (${record.by}, ${record.recorded}${end})`
}

function rolesOf({ fleet }: Session, snapshot: Snapshot, server: Server): ServerStatus['roles'] {
  return Object.fromEntries(
    server.sets.map(set => {
      const { peers } = standingOf(fleet, snapshot, set)
      const marker = peers.find(peer => peer.server === server.name)?.marker
      return [set, marker?.role ?? 'unknown'] as const
    }),
  )
}

function countZones(session: Session, snapshot: Snapshot, server: Server): ServerStatus['zones'] {
  const zones = session.rendered.get(server.name)?.zones ?? []
  const seen = snapshot.servers.get(server.name)
  const actives = new Map(
    session.fleet.zoneSets.map(({ name }) => [name, activeOf(session, snapshot, name)] as const),
  )
  let loaded = 0
  let current = 0
  for (const zone of zones) {
    const id = zoneId(zone.name, zone.view)
    const serial = seen?.zones.ok ? seen.zones.value.zones.get(id)?.serial : undefined
    if (serial === undefined) continue
    loaded++
    const active = actives.get(zone.set)
    const serialActive = active?.zones.ok ? active.zones.value.zones.get(id)?.serial : undefined
    if (serialActive !== undefined && compareSerials(serial, serialActive) === 'same') current++
  }
  return { expected: zones.length, loaded, current }
}

function activeOf({ fleet }: Session, snapshot: Snapshot, set: string): SeenServer | undefined {
  const { active } = standingOf(fleet, snapshot, set)
  return active === undefined ? undefined : snapshot.servers.get(active)
}
