import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DomainName, Serial } from '../../../src/core/base/index.ts'
import { type ForkRecord, parseForkRecord, printForkRecord } from '../../../src/core/rescue/index.ts'

const RECORD: ForkRecord = {
  fleet: 'lab',
  set: 'default',
  term: 2,
  from: 'ns1',
  to: 'ns2',
  recorded: '2026-01-02T03:04:05Z',
  zones: [
    { name: 'a.example' as DomainName, view: '_default', serial: 7 as Serial },
    { name: 'b\\032c.example' as DomainName, view: 'inside', serial: 4294967295 as Serial },
  ],
}

const bytes = (text: string) => new TextEncoder().encode(text)

it('reads what it prints', () => {
  expect(parseForkRecord(bytes(printForkRecord(RECORD)))).toEqual({ ok: true, value: RECORD })
})

it.each([
  ['', 'its version is not 1'],
  [printForkRecord(RECORD).replace('version=1', 'version=2'), 'its version is not 1'],
  [printForkRecord(RECORD).replace('term=2', 'term=two'), 'its term is no number'],
  [printForkRecord(RECORD).replace('from=ns1\n', ''), 'it does not say "from"'],
  [printForkRecord(RECORD).replace('\t7', '\t4294967296'), 'its line for the zone "a.example" is damaged'],
])('says what is wrong with %j', (text, because) => {
  expect(parseForkRecord(bytes(text))).toEqual({ ok: false, error: because })
})

it('never throws, whatever the bytes', () => {
  const spoilt = fc.tuple(fc.nat(300), fc.uint8Array({ maxLength: 40 })).map(([at, junk]) => {
    const whole = bytes(printForkRecord(RECORD))
    return Uint8Array.from([...whole.subarray(0, at), ...junk, ...whole.subarray(at + junk.length)])
  })
  fc.assert(fc.property(spoilt, junk => typeof parseForkRecord(junk).ok === 'boolean'))
})
