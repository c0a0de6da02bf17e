import { rndcZones } from '../../../fleet/index.ts'
import type { Check, CheckContext } from '../../check.ts'
import { allZones, involvedServers } from '../../involved.ts'
import { refuseZones } from '../../refuse-zones.ts'

/** Expired zones are told apart by `zones-unexpired`. */
export const zonesLoaded: Check = {
  name: 'zones-loaded',
  question: 'Is every zone loaded on every server?',
  meaning: 'Zones are not loaded on a server and answer SERVFAIL.',
  remedy: "named's log says why.",
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
          active !== undefined && name !== active && zones.every(zone => isUnloaded(context, active, zone))
            ? 'It comes from the active, which has not loaded it either: see there first.'
            : name === active
              ? `named's log says why. With its file in place: \`${rndcZones(context.fleet, name, { verb: 'reload', zones })}\`.`
              : `named's log says why. Once the active has it: \`${rndcZones(context.fleet, name, { verb: 'retransfer', zones })}\`.`,
      }),
    )
  },
}

function isUnloaded(context: CheckContext, server: string, zone: string): boolean {
  const zones = allZones(context, server)
  return zones.kind === 'seen' && zones.value.zones.get(zone)?.serial === undefined
}
