import { countOf, listFew, refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { involvedServers, refuseUnknown } from '../../involved.ts'
import { zonesBehind } from '../../zones-behind.ts'

/** A few zones are always on their way. More say that transfers do not keep up, and the switch would wait for them. */
const ZONES_BEHIND_MAX = 1000

/** The write pause does not wait for secondaries; seeing the fleet whole again does. */
export const secondariesNear: Check = {
  name: 'secondaries-near',
  question: 'Is every secondary close behind the active?',
  meaning:
    'A secondary is far behind. The switch does not wait for it, but the fleet is not whole until it has caught up.',
  remedy: 'Its log (category xfer-in) says why transfers are slow.',
  operations: ['switchover'],
  weight: 'warn',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from } = context.subject
    return involvedServers(context)
      .filter(({ kind }) => kind === 'secondary')
      .flatMap(({ name }) => {
        const behind = zonesBehind(context, name, from)
        if (behind.kind === 'unknown') return [refuseUnknown('check.secondaries-near', behind.server, behind)]
        if (behind.value.length <= ZONES_BEHIND_MAX) return []
        return [
          refuse({
            code: 'check.secondaries-near',
            subject: name,
            because: `${countOf(behind.value.length, 'zone')} are behind: ${listFew(behind.value)}`,
            remedy:
              'Its log (category xfer-in) says why transfers are slow. The switch itself does not wait for it.',
          }),
        ]
      })
  },
}
