import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { countZones, involvedServers, listZones, seenZones } from '../involved.ts'

export const zonesConfigured: Check = {
  name: 'zones-configured',
  question: 'Does every server have every zone of the set?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context).flatMap(({ name }) => {
      const missing = (seenZones(context, name) ?? []).filter(({ seen }) => seen === undefined)
      const ids = missing.map(({ id }) => id)
      if (ids.length === 0) return []
      return [
        refuse({
          code: 'check.zones-configured',
          subject: name,
          because: `named does not have ${countZones(ids)}: ${listZones(ids)}`,
          remedy: '`baton push`; if `baton diff` shows nothing, `rndc reconfig` on the server.',
        }),
      ]
    }),
}
