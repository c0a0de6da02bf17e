import { failure } from '../base/index.ts'
import type { Fleet, Server } from '../fleet/index.ts'
import type { Expected } from './expected.ts'
import { judgeFiles } from './judge-files.ts'
import { judgeRoles } from './judge-roles.ts'
import { judgeZones } from './judge-zones.ts'
import type { Snapshot } from './snapshot.ts'
import { standingOf } from './standing.ts'
import type { Verdict } from './verdict.ts'
import { VERDICTS } from './verdicts.ts'
import { findWentBack } from './went-back.ts'

/** Everything that is not as it should be, worst first; empty when all is well. Pure: the snapshot holds the time. */
export function judge(fleet: Fleet, expected: Expected, snapshot: Snapshot): readonly Verdict[] {
  const files = judgeFiles(fleet, expected, snapshot)
  const wentBack = findWentBack(fleet, expected, snapshot)
  const isRun = ({ kind }: Verdict) => kind === 'run-unfinished'
  const others = [
    ...judgeRoles(fleet, expected, snapshot),
    ...fleet.servers.flatMap(server => judgeReach(fleet, server, snapshot)),
    ...wentBack,
    ...judgeFrozen(snapshot),
    ...fleet.servers.flatMap(server => judgeZones({ fleet, expected, snapshot, server, wentBack })),
    ...files.filter(verdict => !isRun(verdict)),
  ]
  const runs = files.filter(isRun)
  const rivals = new Set(
    others.flatMap(verdict =>
      verdict.kind === 'two-actives' ? verdict.actives.map(({ server }) => server) : [],
    ),
  )
  const foreign = new Set(
    others.flatMap(verdict => (verdict.kind === 'foreign-fleet' ? [verdict.server] : [])),
  )
  const left = others.filter(
    verdict =>
      !('server' in verdict) ||
      !(
        (EXPLAINED_BY_RIVALS.has(verdict.kind) && rivals.has(verdict.server)) ||
        (EXPLAINED_BY_NAME.has(verdict.kind) && foreign.has(verdict.server))
      ),
  )
  return [...runs, ...(runs.length === 0 ? left : left.filter(({ kind }) => !EXPLAINED_BY_RUN.has(kind)))]
}

/**
 * What a run leaves in its middle, and ending it settles. Two actives are told all the same: the old one may have been
 * thawed by hand since.
 */
const EXPLAINED_BY_RUN: ReadonlySet<Verdict['kind']> = new Set([
  'files-exposed',
  'configuration-drifted',
  'state-contradicts',
  'marker-contradicts',
  'term-behind',
  'no-active',
  'zones-mistyped',
  'serials-behind',
  'zones-frozen',
])

/** What comes with being one of two actives, and ends with them: until then nothing may be pushed there. */
const EXPLAINED_BY_RIVALS: ReadonlySet<Verdict['kind']> = new Set([
  'configuration-drifted',
  'state-contradicts',
  'term-behind',
])

/** What another fleet's server has to differ in: a push does not settle it. */
const EXPLAINED_BY_NAME: ReadonlySet<Verdict['kind']> = new Set(['configuration-drifted', 'role-unknown'])

/** Nobody's updates are taken in these, and no run is there that would end it. */
function judgeFrozen({ servers }: Snapshot): readonly Verdict[] {
  return [...servers.values()].flatMap(({ server, frozen }) =>
    frozen === undefined || frozen.zones.length === 0
      ? []
      : [{ kind: 'zones-frozen' as const, server, zones: frozen.zones }],
  )
}

/** What could not be seen of a server is said once: of one that tells nothing, a closed control channel is no news. */
function judgeReach(fleet: Fleet, server: Server, snapshot: Snapshot): Verdict[] {
  const { name } = server
  const seen = snapshot.servers.get(name)
  if (seen === undefined) return [{ kind: 'server-unseen', server: name, failure: notAsked(name) }]
  const { zones, named } = seen
  const verdicts: Verdict[] = []
  if (!zones.ok) {
    const replaced = replacedBy(fleet, server, snapshot)
    verdicts.push({
      kind: 'server-unseen',
      server: name,
      failure: zones.error,
      ...(replaced === undefined ? {} : { replaced }),
    })
  } else if (named?.ok === false)
    verdicts.push({ kind: 'control-unseen', server: name, failure: named.error })
  if (named?.ok && named.value.reloadFailed) verdicts.push({ kind: 'configuration-refused', server: name })
  return verdicts
}

/** Who is active in the place of a peer that is silent; nothing of a secondary, or where nobody is. */
function replacedBy(fleet: Fleet, server: Server, snapshot: Snapshot) {
  if (server.kind !== 'peer') return undefined
  const files = snapshot.servers.get(server.name)?.files
  const state = files?.ok ? files.value.state : undefined
  const stands = server.sets.map(set => ({
    active: standingOf(fleet, snapshot, set).active,
    was: state?.sets.get(set)?.role ?? ('unknown' as const),
  }))
  // One set of which it was the active and nobody else is outweighs the others: that is a case for failover.
  const first = stands.find(({ was }) => was !== 'standby') ?? stands[0]
  return first?.active === undefined || stands.some(({ active }) => active === undefined)
    ? undefined
    : { active: first.active, was: first.was }
}

function notAsked(server: string) {
  const { remedy } = VERDICTS['server-unseen']
  return failure({ code: 'snapshot.server-unseen', subject: server, because: 'it was not asked', remedy })
}
