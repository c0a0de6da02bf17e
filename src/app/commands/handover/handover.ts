import { fail, ok, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import { findServer, findZoneSet, otherPeers } from '../../../core/fleet/index.ts'
import type { Handover } from '../../../core/plan/index.ts'
import { type FenceWords, fencesIn, knowServers } from '../failover/fences.ts'
import type { Session } from '../session/session.ts'

/** What a person said of a switchover; the rest follows from the fleet. */
export type HandoverOrder = FenceWords & {
  readonly set: string | undefined
  readonly to: string | undefined
  readonly without: readonly string[]
}

/** Who passes the role to whom: from the active, to the one named or the only other peer. */
export function resolveHandover(session: Session, order: HandoverOrder): Result<Handover, Refusal> {
  const { fleet, standings } = session
  const set = resolveSet(session, order.set)
  if (!set.ok) return set
  const said = knowServers(session, order)
  if (!said.ok) return said
  for (const name of [...order.without, ...(order.to === undefined ? [] : [order.to])]) {
    const known = findServer(fleet, name)
    if (!known.ok) return known
  }
  const current = (server: string) => standings.get(server)?.find(standing => standing.set === set.value)
  const fences = fencesIn(session, order)
  const actives = [...standings.keys()].filter(
    server => current(server)?.role === 'active' && !fences.has(server),
  )
  const [from] = actives
  if (from === undefined || actives.length > 1) return fail(activeUnclear(set.value, actives))
  if (order.to === from) return fail(alreadyActive(from))
  const candidates = otherPeers(fleet, from, set.value).map(({ name }) => name)
  const fenced = [...fences.keys()].filter(
    name => order.fencedByName?.has(name) === true || (name !== from && name !== order.to),
  )
  const without = [...new Set([...order.without, ...fenced])]
  const [next, ...others] = candidates.filter(name => !without.includes(name))
  const to = order.to ?? (others.length === 0 ? next : undefined)
  if (to === undefined && candidates.length > 0 && next === undefined) return fail(allLeftOut(candidates))
  if (to === undefined || !candidates.includes(to)) return fail(targetUnclear(order.to, candidates))
  const termBefore = Math.max(...[...standings.keys()].map(server => current(server)?.term ?? 0))
  return ok({ set: set.value, from, to, termBefore, termAfter: termBefore + 1, without })
}

export function resolveSet({ fleet }: Session, set: string | undefined): Result<string, Refusal> {
  if (set !== undefined) {
    const found = findZoneSet(fleet, set)
    return found.ok ? ok(found.value.name) : found
  }
  const [only, ...others] = fleet.zoneSets
  if (only !== undefined && others.length === 0) return ok(only.name)
  return fail(
    refuse({
      code: 'cli.target-unclear',
      subject: fleet.name,
      because: `it has ${fleet.zoneSets.length} zone sets`,
      remedy: `Name one with --set: ${fleet.zoneSets.map(({ name }) => name).join(', ')}.`,
    }),
  )
}

function activeUnclear(set: string, actives: readonly string[]): Refusal {
  return refuse({
    code: 'cli.active-unclear',
    subject: set,
    because: actives.length === 0 ? 'no peer is active' : `${actives.join(' and ')} both say they are active`,
    remedy: 'See `baton status`.',
  })
}

function alreadyActive(server: string): Refusal {
  return refuse({
    code: 'cli.already-active',
    subject: server,
    because: 'it is the active',
    remedy: 'Nothing to do; `baton status` shows since when.',
  })
}

/** With every peer left out that could become active nothing is left to do. */
function allLeftOut(candidates: readonly string[]): Refusal {
  return refuse({
    code: 'check.bystanders-left-out',
    subject: candidates.join(', '),
    because: 'the role can go nowhere else, so it cannot be left out',
    remedy:
      'Drop it from --without. If it is down, start it first: the role can only go to a server that answers.',
  })
}

function targetUnclear(to: string | undefined, candidates: readonly string[]): Refusal {
  const because =
    to === undefined
      ? `the role could go to ${candidates.join(', ') || 'nobody'}`
      : 'it is not a peer that holds the zone set'
  return refuse({
    code: 'cli.target-unclear',
    subject: to ?? 'target',
    because,
    remedy: `Name it with --to: ${candidates.join(', ')}.`,
  })
}
