import { countOf, listFew, refuse } from '../../../base/index.ts'
import { zoneId } from '../../../snapshot/index.ts'
import type { Check } from '../../check.ts'
import { involvedZones } from '../../involved.ts'

/** Behind a forwarder an address means nothing (U5): only a signed update arrives through a standby. */
export const updateKeysKnown: Check = {
  name: 'update-keys-known',
  question: 'Can every dynamic zone be updated with a key of the fleet, through either peer?',
  meaning: 'Zones take updates by address only; through a standby such updates do not arrive.',
  remedy: 'Give their clients a TSIG key.',
  operations: ['switchover', 'failover'],
  weight: 'warn',
  ask: context => {
    if (context.subject.operation === 'push') return []
    const { to } = context.subject
    const ids = involvedZones(context, to)
      .filter(({ dynamic, updateKeys }) => dynamic && updateKeys.length === 0)
      .map(({ name, view }) => zoneId(name, view))
    if (ids.length === 0) return []
    return [
      refuse({
        code: 'check.update-keys-known',
        subject: to,
        because: `${countOf(ids.length, 'zone')} without a TSIG key in allow-update or update-policy: ${listFew(ids)}`,
        remedy: 'Their clients must ask the active itself; give them a TSIG key to let them use either peer.',
      }),
    ]
  },
}
