import type { Check } from '../check.ts'
import { involvedServers, refuseUnknown, seenServer } from '../involved.ts'

export const transfersAllowed: Check = {
  name: 'transfers-allowed',
  question: "Does every server let the fleet's key transfer zones?",
  operations: ['switchover'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context).flatMap(({ name }) => {
      const failures = seenServer(context, name)?.preflight?.transfers
      if (failures === undefined)
        return [refuseUnknown('check.transfers-allowed', name, 'it was not looked at')]
      return failures.map(failed => refuseUnknown('check.transfers-allowed', name, failed))
    }),
}
