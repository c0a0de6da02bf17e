import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { changingServers, preflightPart, refuseUnknown } from '../../involved.ts'

const COMPLAINTS_SHOWN_MAX = 3

/** `named-checkconf -z -j` finds what a reconfig would only tell the log (format, checks of primaries, journals). */
export const configurationLoads: Check = {
  name: 'configuration-loads',
  question: 'Would every peer that changes its role load every zone in the new one?',
  meaning: 'named-checkconf -z -j says that a peer would not load everything in its new role.',
  remedy: 'Fix the zone or the configuration it names.',
  operations: ['switchover', 'failover'],
  weight: 'refuse',
  ask: context => {
    return changingServers(context).flatMap(server => {
      const tried = preflightPart(context, server, part => part.configuration)
      if (tried.kind === 'unknown') return [refuseUnknown('check.configuration-loads', server, tried)]
      if (tried.value.accepted) return []
      const complaints = tried.value.complaints.slice(0, COMPLAINTS_SHOWN_MAX).join('; ')
      return [
        refuse({
          code: 'check.configuration-loads',
          subject: server,
          because: `named-checkconf says: ${complaints}`,
          remedy: 'Fix the zone or the configuration it names on that server, and check again.',
        }),
      ]
    })
  },
}
