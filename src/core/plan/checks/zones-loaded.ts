import type { Check } from '../check.ts'
import { involvedServers } from '../involved.ts'
import { refuseZones } from '../refuse-zones.ts'

/** Expired zones are told apart by `zones-unexpired`. */
export const zonesLoaded: Check = {
  name: 'zones-loaded',
  question: 'Is every zone loaded on every server?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context).flatMap(({ name }) =>
      refuseZones(context, name, {
        code: 'check.zones-loaded',
        isWrong: ({ seen }) => seen !== undefined && seen.serial === undefined,
        words: 'not loaded',
        remedy: "named's log says why. A secondary gets a missing zone with `rndc retransfer ZONE`.",
      }),
    ),
}
