import { countOf, listFew, refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { refuseUnknown, seenZones } from '../../involved.ts'

/** `zones-configured` compares each server with the fleet folder; this one compares the two peers with each other. */
export const sameZones: Check = {
  name: 'same-zones',
  question: 'Does the new active have every zone that the old one has?',
  meaning: 'The new active does not have a zone that the old one has.',
  remedy: '`baton push`, and wait for its transfer.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from, to } = context.subject
    const there = seenZones(context, from)
    const here = seenZones(context, to)
    if (there.kind === 'unknown') return [refuseUnknown('check.same-zones', from, there)]
    if (here.kind === 'unknown') return [refuseUnknown('check.same-zones', to, here)]
    const held = new Set(here.value.flatMap(({ id, seen }) => (seen ? [id] : [])))
    const ids = there.value.flatMap(({ id, seen }) => (seen && !held.has(id) ? [id] : []))
    if (ids.length === 0) return []
    return [
      refuse({
        code: 'check.same-zones',
        subject: to,
        because: `${countOf(ids.length, 'zone')} of ${from} not there: ${listFew(ids)}`,
        remedy: '`baton push`, wait until they are transferred, and check again.',
      }),
    ]
  },
}
