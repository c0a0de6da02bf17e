import { compareSerials, refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { countZones, involvedServers, listZones, seenServer, seenZones } from '../involved.ts'

/** Behind is for the catch-up. Ahead means that somebody holds what the active never had. */
export const serialsOrdered: Check = {
  name: 'serials-ordered',
  question: 'Is no zone anywhere newer than on the active, or without order to it?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const active = seenServer(context, context.subject.from)?.zones
    if (active?.ok !== true) return []
    return involvedServers(context).flatMap(({ name }) => {
      const ids = (seenZones(context, name) ?? [])
        .filter(({ id, seen }) => {
          const serialActive = active.value.zones.get(id)?.serial
          if (seen?.serial === undefined || serialActive === undefined) return false
          const order = compareSerials(seen.serial, serialActive)
          return order === 'after' || order === 'incomparable'
        })
        .map(({ id }) => id)
      if (ids.length === 0) return []
      return [
        refuse({
          code: 'check.serials-ordered',
          subject: name,
          because: `${countZones(ids)} newer than on the active, or without order to it: ${listZones(ids)}`,
          remedy:
            'Compare with `dig axfr` from both; what is only here would be lost. `rndc retransfer ZONE` once it may be.',
        }),
      ]
    })
  },
}
