import { compareSerials, fail, ok, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import { findServer, peersOf } from '../../../core/fleet/index.ts'
import { type SeenZone, type Snapshot, standingOf } from '../../../core/snapshot/index.ts'
import { newestSerials } from '../../../io/engine/index.ts'
import { type HandoverOrder, resolveSet } from '../handover/handover.ts'
import type { Session } from '../session/session.ts'
import type { FenceTerms } from './fence-terms.ts'
import { knowServers } from './fences.ts'

/** What a person said of a failover; the rest follows from who answers. */
export type FailoverHandoverOrder = HandoverOrder & {
  /** The server that is gone, where nobody who answers knows. */
  readonly from: string | undefined
}

/** Who takes over from whom, and who is left. */
export type FailoverHandover = {
  readonly set: string
  readonly from: string
  readonly to: string
  /** Why `to`; nothing where there was no choice. */
  readonly choice: string | undefined
  readonly termBefore: number
  /** Servers of the set that answer, besides `to`. */
  readonly survivors: readonly string[]
  /** Servers of the set that do not, or that a person left out, besides `from`. */
  readonly absent: readonly string[]
}

/** From the peer that was active, to the one named or the standby with the newest zones. */
export function resolveFailover(
  session: Session,
  snapshot: Snapshot,
  order: FailoverHandoverOrder & Pick<FenceTerms, 'terms'>,
): Result<FailoverHandover, Refusal> {
  const { fleet } = session
  const said = knowServers(session, order)
  if (!said.ok) return said
  const found = resolveSet(session, order.set)
  if (!found.ok) return found
  const set = found.value
  for (const name of [...order.without, order.to, order.from].filter(name => name !== undefined)) {
    const known = findServer(fleet, name)
    if (!known.ok) return known
  }
  const holders = fleet.servers.filter(({ sets }) => sets.includes(set)).map(({ name }) => name)
  const answering = holders.filter(
    name =>
      snapshot.servers.get(name)?.zones.ok === true &&
      !order.without.includes(name) &&
      order.fencedByName?.has(name) !== true,
  )
  const from = resolveFrom(session, snapshot, { set, from: order.from })
  if (!from.ok) return from
  const peers = namesOf(session, set)
  const candidates = peers.filter(name => name !== from.value && answering.includes(name))
  const chosen = chooseTarget(session, snapshot, { set, from: from.value, to: order.to, candidates })
  if (!chosen.ok) return chosen
  const { to, choice } = chosen.value
  const others = holders.filter(name => name !== from.value && name !== to)
  const terms = [
    ...peers.map(name => session.standings.get(name)?.find(standing => standing.set === set)?.term ?? 0),
    order.terms.get(set) ?? 0,
  ]
  return ok({
    set,
    from: from.value,
    to,
    choice,
    termBefore: Math.max(standingOf(fleet, snapshot, set).term, ...terms),
    survivors: others.filter(name => answering.includes(name)),
    absent: others.filter(name => !answering.includes(name)),
  })
}

/**
 * The state files that can still be read say who is active, in the newest term. Where neither can be had, it is the one peer that
 * does not answer; of two that do not, nobody here knows which it was.
 */
function resolveFrom(
  { fleet, standings }: Session,
  snapshot: Snapshot,
  { set, from }: { set: string; from: string | undefined },
): Result<string, Refusal> {
  if (from !== undefined) return ok(from)
  const peers = peersOf(fleet, set).map(({ name }) => name)
  const own = peers.flatMap(name => {
    const standing = standings.get(name)?.find(each => each.set === set)
    return standing?.role === 'active' ? [{ name, term: standing.term }] : []
  })
  // Whoever went before it may lie there with the word of its own term.
  const newest = Math.max(...own.map(({ term }) => term))
  const active = own.filter(({ term }) => term === newest).map(({ name }) => name)
  const silent = peers.filter(name => snapshot.servers.get(name)?.zones.ok !== true)
  const [only, ...others] = active.length > 0 ? active : silent
  if (only !== undefined && others.length === 0) return ok(only)
  const because =
    only === undefined
      ? 'every peer answers, and none of them is active'
      : `it may have been ${[only, ...others].join(' or ')}`
  return fail(
    refuse({
      code: 'failover.active-unclear',
      subject: set,
      because,
      remedy: 'Name the server that is gone with --from; `baton status` shows how the fleet stands.',
    }),
  )
}

type TargetQuestion = {
  readonly set: string
  readonly from: string
  readonly to: string | undefined
  readonly candidates: readonly string[]
}

type Target = { readonly to: string; readonly choice: string | undefined }

function chooseTarget(
  session: Session,
  snapshot: Snapshot,
  question: TargetQuestion,
): Result<Target, Refusal> {
  const { set, from, to, candidates } = question
  if (to !== undefined) {
    const isPeer = namesOf(session, set).includes(to)
    return isPeer && to !== from ? ok({ to, choice: undefined }) : fail(notATarget(to, candidates))
  }
  const [first, ...others] = candidates
  if (first === undefined) return fail(nobodyLeft(question, namesOf(session, question.set)))
  if (others.length === 0) return ok({ to: first, choice: undefined })
  const ranked = candidates
    .map(name => ({ name, newest: countNewest(snapshot, name, candidates) }))
    .toSorted((left, right) => right.newest - left.newest)
  const [best, next] = ranked
  if (best === undefined || next === undefined) return ok({ to: first, choice: undefined })
  const words =
    best.newest === next.newest
      ? `${best.name} has as many zones at the newest serial as any standby (${best.newest}), and comes first in the fleet file`
      : `${best.name} has the most zones at the newest serial: ${best.newest}, ${next.name} ${next.newest}`
  return ok({ to: best.name, choice: words })
}

/** How many zones of a peer nobody among the candidates has newer. */
function countNewest(snapshot: Snapshot, name: string, candidates: readonly string[]): number {
  const zonesOf = (server: string) => {
    const zones = snapshot.servers.get(server)?.zones
    return zones?.ok ? zones.value.zones : new Map<string, SeenZone>()
  }
  const newest = newestSerials(new Map(candidates.map(server => [server, zonesOf(server)])))
  return [...zonesOf(name)].filter(([id, { serial }]) => {
    const best = newest.get(id)
    return serial !== undefined && best !== undefined && compareSerials(serial, best.serial) === 'same'
  }).length
}

function namesOf({ fleet }: Session, set: string): readonly string[] {
  return peersOf(fleet, set).map(({ name }) => name)
}

function notATarget(to: string, candidates: readonly string[]): Refusal {
  return refuse({
    code: 'cli.target-unclear',
    subject: to,
    because: `${to} is not a peer that could take over`,
    remedy: `Name it with --to: ${candidates.join(', ')}.`,
  })
}

function nobodyLeft({ set, from }: TargetQuestion, peers: readonly string[]): Refusal {
  const others = peers.filter(name => name !== from)
  return refuse({
    code: 'failover.nobody-left',
    subject: set,
    because: `besides ${from} no peer answers`,
    remedy: `Start named on ${others.join(' or ')}, best on the one that was active last. Then \`baton status\`: if nobody is active, order the failover again.`,
  })
}
