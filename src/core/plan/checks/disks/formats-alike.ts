import { countOf, listFew, refuse } from '../../../base/index.ts'
import { zoneId } from '../../../snapshot/index.ts'
import type { Check } from '../../check.ts'
import { involvedPeers, involvedZones } from '../../involved.ts'

/** A zone that one peer keeps raw and the other as text does not load after a switch (T4 of docs/bind-facts.md). */
export const formatsAlike: Check = {
  name: 'formats-alike',
  question: 'Is every zone kept in the same file and format on both peers?',
  meaning: 'The peers would keep a zone in different files or formats, and a promoted zone would not load.',
  remedy: 'Give it one `file` and one `masterfile-format`.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    const [first, ...others] = involvedPeers(context)
    if (first === undefined) return []
    const reference = new Map(
      involvedZones(context, first.name).map(zone => [zoneId(zone.name, zone.view), zone]),
    )
    return others.flatMap(({ name }) => {
      const ids = involvedZones(context, name).flatMap(zone => {
        const id = zoneId(zone.name, zone.view)
        const other = reference.get(id)
        const isAlike =
          other?.format === zone.format && other.file === zone.file && other.journal === zone.journal
        return isAlike ? [] : [id]
      })
      if (ids.length === 0) return []
      return [
        refuse({
          code: 'check.formats-alike',
          subject: name,
          because: `${countOf(ids.length, 'zone')} kept in another file or format than on ${first.name}: ${listFew(ids)}`,
          remedy: 'Give the zones one `file`, one `journal` and one `masterfile-format`, then `baton push`.',
        }),
      ]
    })
  },
}
