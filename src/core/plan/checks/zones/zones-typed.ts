import { rndcCommand } from '../../../fleet/index.ts'
import type { Check } from '../../check.ts'
import { involvedServers } from '../../involved.ts'
import { refuseZones } from '../../refuse-zones.ts'

/** A zone that was made primary by hand on a secondary would never hear of the new active; peers are for `roles-agree`. */
export const zonesTyped: Check = {
  name: 'zones-typed',
  question: 'Is every zone of every secondary of type secondary?',
  meaning: 'A secondary is primary for a zone of the fleet: it would never hear of the new active.',
  remedy: '`baton diff`, then `rndc reconfig` on that server.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context)
      .filter(({ kind }) => kind === 'secondary')
      .flatMap(({ name }) =>
        refuseZones(context, name, {
          code: 'check.zones-typed',
          isWrong: ({ seen }) => seen !== undefined && seen.type !== 'secondary' && seen.type !== 'unknown',
          words: 'of another type than secondary',
          remedy: () =>
            `\`baton diff\` shows what was changed; \`${rndcCommand(context.fleet, name, 'reconfig')}\` makes named read its files.`,
        }),
      ),
}
