import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { countZones, involvedServers, listZones, seenZones } from '../involved.ts'

const EXPIRY_MARGIN_MS = 10 * 60_000

export const zonesUnexpired: Check = {
  name: 'zones-unexpired',
  question: 'Is no secondary zone expired, or about to?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context).flatMap(({ name }) => {
      const limit = context.snapshot.taken + EXPIRY_MARGIN_MS
      const ids = (seenZones(context, name) ?? [])
        .filter(
          ({ seen }) => seen?.type === 'secondary' && seen.expires !== undefined && seen.expires < limit,
        )
        .map(({ id }) => id)
      if (ids.length === 0) return []
      return [
        refuse({
          code: 'check.zones-unexpired',
          subject: name,
          because: `${countZones(ids)} expired or expiring within ten minutes: ${listZones(ids)}`,
          remedy:
            'It has not reached a primary for long: find out why (`rndc zonestatus ZONE`, its log), then `rndc refresh ZONE`.',
        }),
      ]
    }),
}
