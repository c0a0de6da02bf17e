import { refuse } from '../../../base/index.ts'
import { standingOf } from '../../../snapshot/index.ts'
import type { Check } from '../../check.ts'
import { refuseOthers } from '../../refuse-others.ts'
import { refuseRemoved } from '../../refuse-removed.ts'

export const nobodyActive: Check = {
  name: 'nobody-active',
  question: 'Is every other peer a standby of an older term, or fenced by name?',
  meaning: 'Another peer is active already, so there is nothing to take over.',
  remedy: 'See `baton status`.',
  operations: ['failover'],
  weight: 'refuse',
  ask: context => {
    const { fleet, snapshot, subject } = context
    if (subject.operation !== 'failover') return []
    const { set, from, to, fences, termKnown, absent: leftOut } = subject
    const { peers } = standingOf(fleet, snapshot, set)
    const others = peers.filter(({ server }) => server !== from && server !== to)
    const active = peers.flatMap(({ server, marker }) => {
      const isLeftActive = subject.interrupted !== undefined && server === to
      if (marker?.role !== 'active' || server === from || isLeftActive) return []
      return [
        refuse({
          code: 'check.nobody-active',
          subject: server,
          because: `it is active already, in term ${marker.term}`,
          remedy: 'Nothing is to be taken over; `baton status` shows how the fleet stands.',
        }),
      ]
    })
    const code = 'check.nobody-active'
    return [
      ...active,
      ...refuseRemoved(context, code, set),
      ...refuseOthers(context, { code, set, others, termKnown, fences, leftOut }),
    ]
  },
}
