import type { Check } from '../check.ts'
import { allZones, involvedServers, refuseUnknown } from '../involved.ts'

/** A server that does not answer is never counted as well. */
export const serversAnswer: Check = {
  name: 'servers-answer',
  question: 'Does every server tell which zones it has?',
  operations: ['push', 'switchover', 'failover'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context).flatMap(({ name }) => {
      const zones = allZones(context, name)
      return zones.kind === 'seen' ? [] : [refuseUnknown('check.servers-answer', name, zones)]
    }),
}
