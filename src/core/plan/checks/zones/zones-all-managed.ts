import { countOf, listFew, refuse } from '../../../base/index.ts'
import { markerOf } from '../../../fleet/index.ts'
import { zoneId } from '../../../snapshot/index.ts'
import type { Check } from '../../check.ts'
import { allZones, refuseUnknown } from '../../involved.ts'

/** A zone added by `rndc addzone`, or in the server's own base, does not follow a swap of named.conf (T10). */
export const zonesAllManaged: Check = {
  name: 'zones-all-managed',
  question: 'Is every zone that the old active is primary for in the fleet?',
  meaning:
    'The old active is primary for zones that are not in the fleet. They do not change roles, and stay where they are.',
  remedy: 'Add them to the zones of the fleet, if they should.',
  operations: ['switchover'],
  weight: 'warn',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from } = context.subject
    const zones = allZones(context, from)
    if (zones.kind === 'unknown') return [refuseUnknown('check.zones-all-managed', from, zones)]
    const managed = new Set(
      (context.rendered.get(from)?.zones ?? []).map(({ name, view }) => zoneId(name, view)),
    )
    const markers = new Set(context.fleet.zoneSets.map(({ name }) => markerOf(context.fleet, name)))
    const ids = [...zones.value.zones]
      .filter(([id, { name, type }]) => type === 'primary' && !managed.has(id) && !markers.has(name))
      .map(([id]) => id)
    if (ids.length === 0) return []
    return [
      refuse({
        code: 'check.zones-all-managed',
        subject: from,
        because: `${countOf(ids.length, 'zone')} are primary there and not in the fleet: ${listFew(ids)}`,
        remedy:
          'They stay where they are. Add them to the zones of the fleet if they should change roles too.',
      }),
    ]
  },
}
