import { parseDomainName } from '../../base/index.ts'
import type { Finding } from '../finding.ts'
import type { FleetCheck } from './check.ts'

/** A zone set's name and the marker's together must still be a domain name. */
export const checkMarkers: FleetCheck = ({ fleet }) =>
  fleet.zoneSets.flatMap((set): Finding[] => {
    if (parseDomainName(`${set.name}.${fleet.marker}`).ok) return []
    return [
      {
        code: 'fleet.bad-name',
        severity: 'error',
        path: ['zone-sets', set.name],
        about: 'key',
        message: `The marker of \`${set.name}\` would be \`${set.name}.${fleet.marker}\`, which is too long for a domain name.`,
        remedy: 'Shorten the name of the set, or `marker`.',
      },
    ]
  })
