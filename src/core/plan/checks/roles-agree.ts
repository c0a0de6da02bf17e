import { refuse } from '../../base/index.ts'
import { explain, judge } from '../../snapshot/index.ts'
import type { Check } from '../check.ts'
import { involvedPeers } from '../involved.ts'

/** Marker, state file, zone types and terms are four witnesses; a switchover wants them unanimous. */
export const rolesAgree: Check = {
  name: 'roles-agree',
  question: 'Do marker, state file, zone types and terms tell the same story?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    const peers = involvedPeers(context).map(({ name }) => name)
    return judge(context.fleet, context.expected, context.snapshot).flatMap(verdict => {
      switch (verdict.kind) {
        case 'marker-contradicts':
        case 'state-contradicts':
        case 'term-behind': {
          if (!peers.includes(verdict.server)) return []
          const { subject, because, remedy } = explain(verdict)
          return [refuse({ code: 'check.roles-agree', subject, because, remedy })]
        }
        default:
          return []
      }
    })
  },
}
