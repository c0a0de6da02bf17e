import { rndcCommand } from '../../../fleet/index.ts'
import type { Check } from '../../check.ts'
import { involvedServers } from '../../involved.ts'
import { refuseZones } from '../../refuse-zones.ts'

/** A reconfig that failed, or was forgotten, leaves a server without zones that its files have. */
export const zonesConfigured: Check = {
  name: 'zones-configured',
  question: 'Does every server have every zone of the set?',
  meaning: 'named on a server does not have zones that it should have.',
  remedy: '`baton push`, or `rndc reconfig` when the files agree.',
  operations: ['switchover', 'failover'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context).flatMap(({ name }) =>
      refuseZones(context, name, {
        code: 'check.zones-configured',
        isWrong: ({ seen }) => seen === undefined,
        words: 'named does not have',
        remedy: () =>
          `\`baton push\`; if \`baton diff\` shows nothing, \`${rndcCommand(context.fleet, name, 'reconfig')}\`.`,
      }),
    ),
}
