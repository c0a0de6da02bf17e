import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { countZones, listZones, seenZones } from '../involved.ts'

export const sameZones: Check = {
  name: 'same-zones',
  question: 'Do both peers hold the same zones?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from, to } = context.subject
    const here = new Set((seenZones(context, to) ?? []).flatMap(({ id, seen }) => (seen ? [id] : [])))
    const ids = (seenZones(context, from) ?? []).flatMap(({ id, seen }) =>
      seen && !here.has(id) ? [id] : [],
    )
    if (ids.length === 0) return []
    return [
      refuse({
        code: 'check.same-zones',
        subject: to,
        because: `${countZones(ids)} of ${from} not there: ${listZones(ids)}`,
        remedy: '`baton push`, wait until they are transferred, and check again.',
      }),
    ]
  },
}
