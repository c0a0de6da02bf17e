import { compareSerials, refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { countZones, listZones, seenServer, seenZones } from '../involved.ts'

/** A standby many zones behind would stretch the write pause: better to know before the freeze. */
const ZONES_BEHIND_MAX = 1000

export const catchUpNear: Check = {
  name: 'catch-up-near',
  question: 'Is the new active close behind the old one?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from, to } = context.subject
    const active = seenServer(context, from)?.zones
    if (active?.ok !== true) return []
    const ids = (seenZones(context, to) ?? [])
      .filter(({ id, seen }) => {
        const serialActive = active.value.zones.get(id)?.serial
        if (seen?.serial === undefined || serialActive === undefined) return false
        return compareSerials(seen.serial, serialActive) === 'before'
      })
      .map(({ id }) => id)
    if (ids.length <= ZONES_BEHIND_MAX) return []
    return [
      refuse({
        code: 'check.catch-up-near',
        subject: to,
        because: `${countZones(ids)} are behind: ${listZones(ids)}`,
        remedy: 'Wait until it has caught up (`baton status --watch`); see its log if it does not.',
      }),
    ]
  },
}
