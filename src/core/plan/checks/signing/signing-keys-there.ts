import { countOf, listFew, refuse } from '../../../base/index.ts'
import { zoneId } from '../../../snapshot/index.ts'
import type { Check } from '../../check.ts'
import { involvedZones, preflightPart, refuseUnknown } from '../../involved.ts'

/** The old active cannot be asked for its keys, so only that there are some is known (D1). */
export const signingKeysThere: Check = {
  name: 'signing-keys-there',
  question: 'Does the new active have a private DNSSEC key for every zone that it would sign?',
  meaning: 'The new active has no private key for a zone that it would sign: it would make a new one.',
  remedy: 'Copy the K* files from a backup of the old active, owned by named.',
  operations: ['failover'],
  weight: 'refuse',
  ask: context => {
    const { subject } = context
    if (subject.operation !== 'failover') return []
    const signed = involvedZones(context, subject.to).filter(({ signing }) => signing)
    if (signed.length === 0) return []
    const keys = preflightPart(context, subject.to, part => part.signingKeys)
    if (keys.kind === 'unknown') return [refuseUnknown('check.signing-keys-there', subject.to, keys)]
    const zonesWithKey = new Set([...keys.value.keys()].flatMap(file => KEY_FILE.exec(file)?.[1] ?? []))
    const ids = signed
      .filter(({ name }) => !zonesWithKey.has(name))
      .map(({ name, view }) => zoneId(name, view))
    if (ids.length === 0) return []
    return [
      refuse({
        code: 'check.signing-keys-there',
        subject: subject.to,
        because: `there is no private key of ${countOf(ids.length, 'zone')}: ${listFew(ids)}`,
        remedy: `Copy the K* files from a backup of ${subject.from}; without them named makes new keys, and the zones go bogus later.`,
      }),
    ]
  },
}

const KEY_FILE = /\/K(.+)\.\+\d+\+\d+\.private$/
