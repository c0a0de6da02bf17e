import { describe, expect, it } from 'vitest'
import { printLines } from '../../../../src/app/cli/text/layout/print.ts'
import { verifyLines } from '../../../../src/app/cli/text/verify.ts'
import type { VerifyDocument } from '../../../../src/app/contract/index.ts'

const WELL: VerifyDocument = {
  version: 1,
  document: 'verify',
  fleet: 'lab',
  taken: 0,
  elapsedMs: 84,
  well: true,
  believed: 'what-was-verified',
  transfers: 0,
  sets: [{ set: 'default', active: 'ns1', term: 1 }],
  servers: [
    { server: 'ns1', zones: 0, equal: 0, different: 0, unknown: 0 },
    { server: 'ns2', zones: 20, equal: 20, different: 0, unknown: 0 },
  ],
  differences: [],
  unknowns: [],
  warnings: [],
}

function print(document: VerifyDocument): string {
  return `\n${printLines(verifyLines(document, 80), 'no-colour')}`
}

describe('a verification as text', () => {
  it('is short when all is equal', () => {
    expect(print(WELL)).toBe(`
lab  compared with ns1, active in term 1

server  zones  equal  different  unknown
ns2        20     20          0        0

all equal: 20 copies, 0 transfers in 84 ms
`)
  })

  it('shows what differs record by record, what is not known, and what to do', () => {
    const document: VerifyDocument = {
      ...WELL,
      well: false,
      transfers: 2,
      servers: [{ server: 'ns2', zones: 20, equal: 18, different: 1, unknown: 1 }],
      differences: [
        {
          server: 'ns2',
          zone: 'a.example',
          view: '_default',
          code: 'verify.content-differs',
          because: 'has other content at the same serial 5',
          remedy: '`rndc retransfer a.example` on ns2.',
          command: 'rndc retransfer a.example',
          serial: 5,
          serialActive: 5,
          records: ['- www.a.example. 60 IN A 192.0.2.1', '+ www.a.example. 60 IN A 192.0.2.2'],
          recordsLeftOut: 7,
        },
      ],
      unknowns: [
        {
          server: 'ns2',
          code: 'verify.content-unknown',
          because: 'could not be transferred: the server answered REFUSED',
          remedy: 'See allow-transfer.',
          zones: ['b.example'],
        },
      ],
    }
    expect(print(document)).toBe(`
lab  compared with ns1, active in term 1

server  zones  equal  different  unknown
ns2        20     18          1        1

different[verify.content-differs] a.example on ns2: has other content at the
    same serial 5
  - www.a.example. 60 IN A 192.0.2.1
  + www.a.example. 60 IN A 192.0.2.2
  and 7 more records
  → \`rndc retransfer a.example\` on ns2.
unknown[verify.content-unknown] ns2: b.example: could not be transferred: the
    server answered REFUSED
  → See allow-transfer.

not equal: 18 of 20 copies are equal, 2 transfers in 84 ms
\`-\` is on the active and not there, \`+\` is there and not on the active
`)
  })

  it('says that there is nothing to compare with', () => {
    const document = { ...WELL, well: false, sets: [{ set: 'default', active: null, term: 1 }] }
    expect(print(document)).toContain('lab  the active is not known')
  })
})
