import { rndcZones } from '../../fleet/index.ts'
import type { Check } from '../check.ts'
import { involvedServers } from '../involved.ts'
import { refuseZones } from '../refuse-zones.ts'

/** Expired zones are told apart by `zones-unexpired`. */
export const zonesLoaded: Check = {
  name: 'zones-loaded',
  question: 'Is every zone loaded on every server?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    const active = context.subject.operation === 'switchover' ? context.subject.from : undefined
    return involvedServers(context).flatMap(({ name }) =>
      refuseZones(context, name, {
        code: 'check.zones-loaded',
        isWrong: ({ seen }) => seen !== undefined && seen.serial === undefined,
        words: 'not loaded',
        remedy: zones =>
          name === active
            ? `named's log says why. With its file in place: \`${rndcZones(context.fleet, name, { verb: 'reload', zones })}\`.`
            : `named's log says why. Once the active has it: \`${rndcZones(context.fleet, name, { verb: 'retransfer', zones })}\`.`,
      }),
    )
  },
}
