import { countOf, listFew, refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { preflightPart, refuseUnknown } from '../../involved.ts'

/** Without the key files a promoted server makes new keys by itself, and the zone goes bogus when signatures run out. */
export const signingKeysEqual: Check = {
  name: 'signing-keys-equal',
  question: 'Do both peers hold the same DNSSEC key files?',
  meaning:
    'A peer lacks DNSSEC key files the other has: promoted, it would make new keys and the zone would go bogus later.',
  remedy: 'Copy the K* files of the key directory.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from, to } = context.subject
    const old = preflightPart(context, from, part => part.signingKeys)
    const next = preflightPart(context, to, part => part.signingKeys)
    if (old.kind === 'unknown') return [refuseUnknown('check.signing-keys-equal', from, old)]
    if (next.kind === 'unknown') return [refuseUnknown('check.signing-keys-equal', to, next)]
    const files = [...old.value].flatMap(([file, digest]) => (next.value.get(file) === digest ? [] : [file]))
    if (files.length === 0) return []
    return [
      refuse({
        code: 'check.signing-keys-equal',
        subject: to,
        because: `${countOf(files.length, 'key file')} missing or different: ${listFew(files)}`,
        remedy: `Copy the K* files of the key directory from ${from} to ${to}, owned by named's user.`,
      }),
    ]
  },
}
