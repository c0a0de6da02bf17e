import { rndcZones } from '../../../fleet/index.ts'
import type { Check } from '../../check.ts'
import { involvedServers } from '../../involved.ts'
import { refuseZones } from '../../refuse-zones.ts'

const EXPIRY_MARGIN_MS = 10 * 60_000

/** Expiry is seen by the statistics channel alone; `statistics-seen` says where there is none. */
export const zonesUnexpired: Check = {
  name: 'zones-unexpired',
  question: 'Is every secondary zone far from its expiry?',
  meaning: 'A copy of a zone is expired or close to it: its server has not reached a primary for long.',
  remedy: 'Find out why its primaries do not answer it.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    const limit = context.snapshot.taken + EXPIRY_MARGIN_MS
    return involvedServers(context).flatMap(({ name }) =>
      refuseZones(context, name, {
        code: 'check.zones-unexpired',
        isWrong: ({ seen }) =>
          seen?.type === 'secondary' && seen.expires !== undefined && seen.expires < limit,
        words: 'expired, or expiring within ten minutes',
        remedy: zones =>
          `It has not reached a primary for long: find out why (its log), then \`${rndcZones(context.fleet, name, { verb: 'refresh', zones })}\`.`,
      }),
    )
  },
}
