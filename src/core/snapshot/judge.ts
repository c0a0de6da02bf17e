import type { Fleet, Server } from '../fleet/index.ts'
import type { Expected } from './expected.ts'
import { judgeFiles } from './judge-files.ts'
import { judgeRoles } from './judge-roles.ts'
import { judgeZones } from './judge-zones.ts'
import type { Snapshot } from './snapshot.ts'
import type { Verdict } from './verdict.ts'

/** Everything that is not as it should be, worst first; empty when all is well. Pure: the snapshot holds the time. */
export function judge(fleet: Fleet, expected: Expected, snapshot: Snapshot): readonly Verdict[] {
  return [
    ...judgeRoles(fleet, expected, snapshot),
    ...fleet.servers.flatMap(server => judgeReach(server, snapshot)),
    ...fleet.servers.flatMap(server => judgeZones({ fleet, expected, snapshot, server })),
    ...judgeFiles(fleet, expected, snapshot),
  ]
}

function judgeReach(server: Server, snapshot: Snapshot): Verdict[] {
  const seen = snapshot.servers.get(server.name)
  if (seen === undefined) return []
  const verdicts: Verdict[] = []
  if (!seen.zones.ok) verdicts.push({ kind: 'server-unseen', server: server.name, failure: seen.zones.error })
  else if (!seen.named.ok)
    verdicts.push({ kind: 'control-unseen', server: server.name, failure: seen.named.error })
  if (seen.named.ok && seen.named.value.reloadFailed)
    verdicts.push({ kind: 'configuration-refused', server: server.name })
  return verdicts
}
