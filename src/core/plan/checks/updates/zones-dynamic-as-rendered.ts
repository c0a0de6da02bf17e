import { countOf, listFew, refuse } from '../../../base/index.ts'
import { rndcZones } from '../../../fleet/index.ts'
import { zoneId } from '../../../snapshot/index.ts'
import type { Check } from '../../check.ts'
import { involvedZones, preflightPart, refuseUnknown } from '../../involved.ts'

/** What named does not hold as dynamic cannot be frozen, and takes no updates: its block is not what runs. */
export const zonesDynamicAsRendered: Check = {
  name: 'zones-dynamic-as-rendered',
  question: 'Does named take updates for every zone whose block says so?',
  meaning: 'named does not treat a zone as dynamic although its block takes updates.',
  remedy: '`rndc showzone ZONE` shows what named runs.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from } = context.subject
    const dynamic = preflightPart(context, from, part => part.frozen)
    if (dynamic.kind === 'unknown') return [refuseUnknown('check.zones-dynamic-as-rendered', from, dynamic)]
    const ids = involvedZones(context, from)
      .filter(zone => zone.dynamic)
      .map(zone => zoneId(zone.name, zone.view))
      .filter(id => !dynamic.value.has(id))
    if (ids.length === 0) return []
    return [
      refuse({
        code: 'check.zones-dynamic-as-rendered',
        subject: from,
        because: `${countOf(ids.length, 'zone')} should take updates and named says they do not: ${listFew(ids)}`,
        remedy: `\`${rndcZones(context.fleet, from, { verb: 'zonestatus', zones: ids })}\` shows what named runs, \`baton diff\` what it should.`,
      }),
    ]
  },
}
