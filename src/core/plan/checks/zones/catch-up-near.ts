import { countOf, listFew, refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { refuseUnknown } from '../../involved.ts'
import { zonesBehind } from '../../zones-behind.ts'

/** A standby many zones behind would stretch the write pause: better to know before the freeze. */
const ZONES_BEHIND_MAX = 1000

export const catchUpNear: Check = {
  name: 'catch-up-near',
  question: 'Is the new active close behind the old one?',
  meaning: 'The new active is far behind, so that the write pause would be long.',
  remedy: 'Wait until it has caught up.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from, to } = context.subject
    const behind = zonesBehind(context, to, from)
    if (behind.kind === 'unknown') return [refuseUnknown('check.catch-up-near', behind.server, behind)]
    if (behind.value.length <= ZONES_BEHIND_MAX) return []
    return [
      refuse({
        code: 'check.catch-up-near',
        subject: to,
        because: `${countOf(behind.value.length, 'zone')} are behind: ${listFew(behind.value)}`,
        remedy: 'Wait until it has caught up (`baton status --watch`); see its log if it does not.',
      }),
    ]
  },
}
