import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRawSerial } from '../../../src/core/zonefile/raw.ts'

const TYPE_NS = 2
const TYPE_SOA = 6
const OWNER = [1, 0x7a, 0]

/** A record set as named writes it: its length, class, type, covers, TTL, count, owner and records. */
function recordSet(type: number, rdata: readonly number[]): number[] {
  const record = [0, rdata.length, ...rdata]
  const length = 20 + OWNER.length + record.length
  return [
    ...uint32(length),
    0,
    1,
    0,
    type,
    0,
    0,
    ...uint32(300),
    ...uint32(1),
    0,
    OWNER.length,
    ...OWNER,
    ...record,
  ]
}

const zeros = (count: number) => new Array<number>(count).fill(0)
const uint32 = (value: number) => [24, 16, 8, 0].map(shift => (value >>> shift) & 0xff)
const soa = (serial: number) =>
  recordSet(TYPE_SOA, [...OWNER, ...OWNER, ...[serial, 1, 1, 1, 1].flatMap(uint32)])
const header = (version: number) => [...uint32(2), ...uint32(version), ...uint32(0), ...zeros(version * 12)]
const read = (bytes: readonly number[], size = bytes.length) =>
  readRawSerial({ bytes: Uint8Array.from(bytes), size })

describe('the serial in the head of a raw zone file', () => {
  it.each([0, 1])('is found behind the header of version %i', version => {
    expect(read([...header(version), ...soa(4_000_000_000)])).toEqual({
      kind: 'serial',
      serial: 4_000_000_000,
    })
  })

  it('is found when other record sets come first', () => {
    const bytes = [...header(1), ...recordSet(TYPE_NS, OWNER), ...recordSet(TYPE_NS, OWNER), ...soa(7)]
    expect(read(bytes)).toEqual({ kind: 'serial', serial: 7 })
  })

  it('is never guessed from a head that is too short', () => {
    const bytes = [...header(1), ...recordSet(TYPE_NS, OWNER), ...soa(7), ...recordSet(TYPE_NS, OWNER)]
    for (let length = 0; length < bytes.length; length++) {
      const found = read(bytes.slice(0, length), bytes.length)
      if (found.kind !== 'beyond') expect(found).toEqual({ kind: 'serial', serial: 7 })
    }
  })

  it.each([
    ['text', [...new TextEncoder().encode('@ IN SOA')], 'not in raw format'],
    ['a later version', [...uint32(2), ...uint32(2)], 'version 2'],
    ['an impossible length', [...header(1), ...uint32(3), ...zeros(20)], 'impossible length'],
    ['an SOA too short', [...header(1), ...recordSet(TYPE_SOA, [1, 2, 3])], 'too short'],
    ['no SOA', [...header(1), ...recordSet(TYPE_NS, OWNER)], 'no SOA'],
    ['nothing', [], 'ends within its header'],
  ])('is not there in %s', (_, bytes, because) => {
    const found = read(bytes)
    expect(found.kind === 'malformed' && found.because).toContain(because)
  })

  it('takes any bytes after a good header', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(600), (bytes, size) => {
        expect(['serial', 'beyond', 'malformed']).toContain(read([...header(1), ...bytes], size).kind)
      }),
    )
  })
})
