import { refuse } from '../../base/index.ts'
import { zoneId } from '../../snapshot/index.ts'
import type { Check } from '../check.ts'
import { countZones, listZones, preflightPart } from '../involved.ts'

/** An `allow-update` in `options` or a view makes zones dynamic that no zone block calls so; they would not be frozen. */
export const zonesDynamicAsRendered: Check = {
  name: 'zones-dynamic-as-rendered',
  question: 'Does named take updates for exactly the zones whose blocks say so?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from, set } = context.subject
    const dynamic = preflightPart(context, from, 'frozen')
    if (dynamic.kind === 'unknown') return []
    const declared = new Set(
      (context.rendered.get(from)?.zones ?? [])
        .filter(zone => zone.set === set && zone.dynamic)
        .map(zone => zoneId(zone.name, zone.view)),
    )
    const ids = [...declared].filter(id => !dynamic.value.has(id))
    if (ids.length === 0) return []
    return [
      refuse({
        code: 'check.zones-dynamic-as-rendered',
        subject: from,
        because: `${countZones(ids)} should take updates and named says they do not: ${listZones(ids)}`,
        remedy:
          '`rndc zonestatus ZONE` and `rndc showzone ZONE` on the active show what named runs; `baton diff` what it should.',
      }),
    ]
  },
}
