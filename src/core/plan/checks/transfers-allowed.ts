import type { Check } from '../check.ts'
import { involvedServers, preflightPart, refuseUnknown } from '../involved.ts'

export const transfersAllowed: Check = {
  name: 'transfers-allowed',
  question: "Does every server let the fleet's key transfer zones?",
  operations: ['switchover'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context).flatMap(({ name }) => {
      const transfers = preflightPart(context, name, 'transfers')
      if (transfers.kind === 'unknown')
        return [refuseUnknown('check.transfers-allowed', name, transfers.because)]
      return transfers.value.map(failed => refuseUnknown('check.transfers-allowed', name, failed))
    }),
}
