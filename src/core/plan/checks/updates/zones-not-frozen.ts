import { countOf, listFew, refuse } from '../../../base/index.ts'
import { rndcZones } from '../../../fleet/index.ts'
import type { Check } from '../../check.ts'
import { preflightPart, refuseUnknown } from '../../involved.ts'

/** Somebody froze a zone to edit its file: a switchover would end that, with the edit half done. */
export const zonesNotFrozen: Check = {
  name: 'zones-not-frozen',
  question: 'Are all dynamic zones of the active thawed?',
  meaning: 'Somebody has frozen zones on the active, perhaps to edit a file.',
  remedy: 'Ask, then `rndc thaw ZONE`.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from } = context.subject
    const frozen = preflightPart(context, from, part => part.frozen)
    if (frozen.kind === 'unknown') return [refuseUnknown('check.zones-not-frozen', from, frozen)]
    const ids = [...frozen.value].flatMap(([id, isFrozen]) => (isFrozen ? [id] : []))
    if (ids.length === 0) return []
    return [
      refuse({
        code: 'check.zones-not-frozen',
        subject: from,
        because: `${countOf(ids.length, 'zone')} frozen: ${listFew(ids)}`,
        remedy: `Ask who froze them and why; then \`${rndcZones(context.fleet, from, { verb: 'thaw', zones: ids })}\`.`,
      }),
    ]
  },
}
