import { refuse } from '../../base/index.ts'
import { standingOf } from '../../snapshot/index.ts'
import type { Check } from '../check.ts'

export const nobodyActive: Check = {
  name: 'nobody-active',
  question: 'Is no other peer active already, and the new active a standby?',
  operations: ['failover'],
  weight: 'refuse',
  ask: ({ fleet, snapshot, subject }) => {
    if (subject.operation !== 'failover') return []
    const { peers } = standingOf(fleet, snapshot, subject.set)
    return peers.flatMap(({ server, marker }) => {
      const isLeftActive = subject.interrupted !== undefined && server === subject.to
      if (marker?.role !== 'active' || server === subject.from || isLeftActive) return []
      return [
        refuse({
          code: 'check.nobody-active',
          subject: server,
          because: `it is active already, in term ${marker.term}`,
          remedy: 'Nothing is to be taken over; `baton status` shows how the fleet stands.',
        }),
      ]
    })
  },
}
