import { CODES, failure } from '../base/index.ts'
import type { Fleet, Server } from '../fleet/index.ts'
import type { Expected } from './expected.ts'
import { judgeFiles } from './judge-files.ts'
import { judgeRoles } from './judge-roles.ts'
import { judgeZones } from './judge-zones.ts'
import type { Snapshot } from './snapshot.ts'
import type { Verdict } from './verdict.ts'
import { findWentBack } from './went-back.ts'

/** Everything that is not as it should be, worst first; empty when all is well. Pure: the snapshot holds the time. */
export function judge(fleet: Fleet, expected: Expected, snapshot: Snapshot): readonly Verdict[] {
  const files = judgeFiles(fleet, expected, snapshot)
  const wentBack = findWentBack(fleet, expected, snapshot)
  const isRun = ({ kind }: Verdict) => kind === 'run-unfinished'
  const others = [
    ...judgeRoles(fleet, expected, snapshot),
    ...fleet.servers.flatMap(server => judgeReach(server, snapshot)),
    ...wentBack,
    ...fleet.servers.flatMap(server => judgeZones({ fleet, expected, snapshot, server, wentBack })),
    ...files.filter(verdict => !isRun(verdict)),
  ]
  const runs = files.filter(isRun)
  return [...runs, ...(runs.length === 0 ? others : others.filter(({ kind }) => !EXPLAINED_BY_RUN.has(kind)))]
}

/**
 * What a run leaves in its middle, and ending it mends. Two actives are told all the same: the old one may have been
 * thawed by hand since.
 */
const EXPLAINED_BY_RUN: ReadonlySet<Verdict['kind']> = new Set([
  'configuration-drifted',
  'state-contradicts',
  'marker-contradicts',
  'term-behind',
  'no-active',
  'zones-mistyped',
  'serials-behind',
])

/** What could not be seen of a server is said once: of one that tells nothing, a closed control channel is no news. */
function judgeReach({ name }: Server, snapshot: Snapshot): Verdict[] {
  const seen = snapshot.servers.get(name)
  if (seen === undefined) return [{ kind: 'server-unseen', server: name, failure: notAsked(name) }]
  const { zones, named } = seen
  const verdicts: Verdict[] = []
  if (!zones.ok) verdicts.push({ kind: 'server-unseen', server: name, failure: zones.error })
  else if (named?.ok === false) verdicts.push({ kind: 'control-unseen', server: name, failure: named.error })
  if (named?.ok && named.value.reloadFailed) verdicts.push({ kind: 'configuration-refused', server: name })
  return verdicts
}

function notAsked(server: string) {
  const { remedy } = CODES['snapshot.server-unseen']
  return failure({ code: 'snapshot.server-unseen', subject: server, because: 'it was not asked', remedy })
}
