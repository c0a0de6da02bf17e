import type { Finding } from '../finding.ts'
import { adviseOnGroups } from './advise-groups.ts'
import { adviseOnStatistics } from './advise-statistics.ts'
import type { FleetCheck, FleetContext } from './check.ts'
import { checkEndpoints } from './endpoints.ts'
import { checkFolders } from './folders.ts'
import { checkGroups } from './groups.ts'
import { checkKeys } from './keys.ts'
import { checkMarkers } from './markers.ts'
import { checkNames } from './names.ts'
import { checkPeers } from './peers.ts'
import { checkSets } from './sets.ts'
import { checkViews } from './views.ts'

const CHECKS: readonly FleetCheck[] = [
  checkSets,
  checkNames,
  checkKeys,
  checkMarkers,
  checkViews,
  checkPeers,
  checkGroups,
  checkEndpoints,
  checkFolders,
  adviseOnGroups,
  adviseOnStatistics,
]

/** Everything that does not fit together, and what would be better otherwise. */
export function checkFleet(context: FleetContext): Finding[] {
  return CHECKS.flatMap(check => check(context))
}
