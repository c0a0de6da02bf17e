import type { Check } from '../check.ts'
import { involvedServers, refuseUnknown, seenServer } from '../involved.ts'

/** A server that does not answer is never counted as well. */
export const serversAnswer: Check = {
  name: 'servers-answer',
  question: 'Does every server tell which zones it has?',
  operations: ['push', 'switchover'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context).flatMap(({ name }) => {
      const zones = seenServer(context, name)?.zones
      if (zones?.ok) return []
      return [refuseUnknown('check.servers-answer', name, zones?.error ?? 'it was not asked')]
    }),
}
