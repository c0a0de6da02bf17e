import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { countZones, involvedPeers, listZones, seenZones } from '../involved.ts'

/** A zone that one peer keeps raw and the other as text does not load after a switch (T4). */
export const formatsAlike: Check = {
  name: 'formats-alike',
  question: 'Is every zone kept in the same file and format on both peers?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const [first, ...others] = involvedPeers(context)
    if (first === undefined) return []
    const reference = new Map((seenZones(context, first.name) ?? []).map(zone => [zone.id, zone.rendered]))
    return others.flatMap(({ name }) => {
      const ids = (seenZones(context, name) ?? [])
        .filter(({ id, rendered }) => {
          const other = reference.get(id)
          return other === undefined || other.format !== rendered.format || other.file !== rendered.file
        })
        .map(({ id }) => id)
      if (ids.length === 0) return []
      return [
        refuse({
          code: 'check.formats-alike',
          subject: name,
          because: `${countZones(ids)} kept in another file or format than on ${first.name}: ${listZones(ids)}`,
          remedy: 'Give the zones one `file` and one `masterfile-format`, then `baton push`.',
        }),
      ]
    })
  },
}
