import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { countZones, involvedServers, listZones, seenZones } from '../involved.ts'

/** Expired zones are told apart by `zones-unexpired`. */
export const zonesLoaded: Check = {
  name: 'zones-loaded',
  question: 'Is every zone loaded on every server?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context).flatMap(({ name }) => {
      const ids = (seenZones(context, name) ?? [])
        .filter(({ seen }) => seen !== undefined && seen.serial === undefined)
        .map(({ id }) => id)
      if (ids.length === 0) return []
      return [
        refuse({
          code: 'check.zones-loaded',
          subject: name,
          because: `${countZones(ids)} not loaded: ${listZones(ids)}`,
          remedy: "named's log says why. A secondary gets a missing zone with `rndc retransfer ZONE`.",
        }),
      ]
    }),
}
