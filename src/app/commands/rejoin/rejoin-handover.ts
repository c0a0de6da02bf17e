import { fail, ok, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import { findServer, peersOf } from '../../../core/fleet/index.ts'
import type { Handover } from '../../../core/plan/index.ts'
import { type SeenMarker, type Snapshot, standingOf } from '../../../core/snapshot/index.ts'
import { resolveSet } from '../handover/handover.ts'
import type { Session } from '../session/session.ts'

/** Who becomes whose standby. */
export type RejoinHandover = {
  readonly operation: 'rejoin' | 'resolve'
  /** `from` becomes a standby of `to`, which stays active. */
  readonly handover: Handover
  /** When the term of the active began; nothing where it gets a new one. */
  readonly since: string | undefined
  readonly active: SeenMarker
  /** What `from` says of itself; nothing where its named does not answer. */
  readonly deposed: SeenMarker | undefined
  /** More that are active: each has something of its own to save, so each steps down in a run of its own. */
  readonly next: readonly SeenMarker[]
}

export type RejoinWish = { readonly server: string; readonly set: string | undefined }

export type ResolveWish = {
  readonly keep: string
  readonly set: string | undefined
  /** Whether the person knows that the one to be kept has the lower term. */
  readonly term: 'higher' | 'despite-term'
}

/** A server that was deposed, and the one active that is left. */
export function resolveRejoin(
  session: Session,
  snapshot: Snapshot,
  { server, set }: RejoinWish,
): Result<RejoinHandover, Refusal> {
  const found = findPeer(session, server, set)
  if (!found.ok) return found
  const { actives } = standingOf(session.fleet, snapshot, found.value)
  const others = actives.filter(active => active.server !== server)
  const [active] = others
  if (active === undefined)
    return fail(actives.length > 0 ? isActive(server) : noActive(session, server, found.value))
  if (actives.length > 1) return fail(twoActives(server, actives))
  const own = session.standings.get(server)?.find(standing => standing.set === found.value)
  if (own?.role === 'active' && own.term > active.term) return fail(wasHigher(server, own.term, active))
  return ok(settle(session, snapshot, { operation: 'rejoin', set: found.value, from: server, active }))
}

/** Two actives, and the one that a person keeps; nothing where it is alone already. */
export function resolveTwoActives(
  session: Session,
  snapshot: Snapshot,
  { keep, set, term }: ResolveWish,
): Result<RejoinHandover | undefined, Refusal> {
  const found = findPeer(session, keep, set)
  if (!found.ok) return found
  const { actives } = standingOf(session.fleet, snapshot, found.value)
  const active = actives.find(({ server }) => server === keep)
  const [other] = actives
    .filter(({ server }) => server !== keep)
    .toSorted((left, right) => right.term - left.term)
  if (active === undefined) return fail(notActive(keep, actives))
  if (other === undefined) return ok(undefined)
  if (other.term > active.term && term !== 'despite-term') return fail(lowerTerm(active, other))
  const from = other.server
  return ok(settle(session, snapshot, { operation: 'resolve', set: found.value, from, active }))
}

/** `server (term 2, since 2026-01-02T03:04:05Z)`. */
export function activeInWords({ server, term, since }: SeenMarker): string {
  return `${server} (term ${term}, since ${since})`
}

function findPeer(session: Session, server: string, wanted: string | undefined): Result<string, Refusal> {
  const known = findServer(session.fleet, server)
  if (!known.ok) return known
  const set = resolveSet(session, wanted)
  if (!set.ok) return set
  const peers = peersOf(session.fleet, set.value).map(({ name }) => name)
  if (peers.includes(server)) return set
  return fail(
    refuse({
      code: 'rejoin.not-a-peer',
      subject: server,
      because: `it is no peer of the zone set ${set.value}, and was never active for it`,
      remedy: `Name one of ${peers.join(', ')}. What a secondary holds is compared with \`baton verify\`.`,
    }),
  )
}

type Settlement = {
  readonly operation: 'rejoin' | 'resolve'
  readonly set: string
  readonly from: string
  readonly active: SeenMarker
}

/** The active has to have the highest term of all, alone: otherwise it gets a new one. */
function settle(session: Session, snapshot: Snapshot, settlement: Settlement): RejoinHandover {
  const { operation, set, from, active } = settlement
  const { fleet, standings } = session
  const known = peersOf(fleet, set)
    .filter(({ name }) => name !== active.server)
    .flatMap(({ name }) => standings.get(name)?.filter(standing => standing.set === set) ?? [])
  const seen = standingOf(fleet, snapshot, set)
  const termHighest = Math.max(seen.term, ...known.map(({ term }) => term))
  const isRivalled = known.some(({ role, term }) => role === 'active' && term === active.term)
  const isRight = active.term === termHighest && !isRivalled
  const holders = fleet.servers.filter(({ sets }) => sets.includes(set)).map(({ name }) => name)
  const next = seen.actives.filter(({ server }) => server !== from && server !== active.server)
  const absent = holders.filter(
    name => name !== from && name !== active.server && snapshot.servers.get(name)?.zones.ok !== true,
  )
  return {
    operation,
    handover: {
      set,
      from,
      to: active.server,
      termBefore: active.term,
      termAfter: isRight ? active.term : termHighest + 1,
      without: [...absent, ...next.map(({ server }) => server)],
    },
    since: isRight ? active.since : undefined,
    active,
    deposed: seen.peers.find(({ server }) => server === from)?.marker,
    next,
  }
}

function isActive(server: string): Refusal {
  return refuse({
    code: 'rejoin.is-active',
    subject: server,
    because: 'it is the active, and no other peer is',
    remedy: `Nothing to rejoin. \`baton switchover\` gives its role away.`,
  })
}

function noActive({ fleet, standings }: Session, server: string, set: string): Refusal {
  const silent = peersOf(fleet, set)
    .map(({ name }) => ({ name, own: standings.get(name)?.find(standing => standing.set === set) }))
    .filter(({ name, own }) => name !== server && own?.role === 'active')
    .map(({ name, own }) => `${name} was active in term ${own?.term}, and does not answer`)
  return refuse({
    code: 'rejoin.no-active',
    subject: set,
    because: silent.length === 0 ? 'no other peer says that it is active' : silent.join('; '),
    remedy:
      'Bring the active back, or make a standby active with `baton failover`; then order the rejoin again.',
  })
}

function twoActives(server: string, actives: readonly SeenMarker[]): Refusal {
  const [right] = actives.toSorted((left, other) => other.term - left.term)
  return refuse({
    code: 'rejoin.two-actives',
    subject: server,
    because: `${actives.map(activeInWords).join(' and ')} are active at once`,
    remedy: `Say which one stays: \`baton resolve --keep ${right?.server}\`. ${
      actives.length === 2 ? 'The other one then rejoins.' : 'The others then rejoin, one in each run.'
    }`,
  })
}

function wasHigher(server: string, term: number, active: SeenMarker): Refusal {
  return refuse({
    code: 'rejoin.lower-term',
    subject: active.server,
    because: `its term ${active.term} is lower than term ${term}, in which ${server} was active`,
    remedy: `${server} was promoted later and is right. Start its named, then \`baton resolve --keep ${server}\`.`,
  })
}

function notActive(keep: string, actives: readonly SeenMarker[]): Refusal {
  const names = actives.map(({ server }) => server).join(', ')
  return refuse({
    code: 'cli.target-unclear',
    subject: keep,
    because: `it is not active now, so it cannot be kept${names === '' ? '' : `; active is ${names}`}`,
    remedy: 'Name one that is active with --keep, or make it active with `baton switchover`.',
  })
}

function lowerTerm(active: SeenMarker, other: SeenMarker): Refusal {
  return refuse({
    code: 'rejoin.lower-term',
    subject: active.server,
    because: `it has term ${active.term}; ${activeInWords(other)} was promoted after it, and guards take that one for right`,
    remedy: `\`baton resolve --keep ${other.server}\`. If you know that ${active.server} holds the truth: --despite-term, and it gets term ${other.term + 1}.`,
  })
}
