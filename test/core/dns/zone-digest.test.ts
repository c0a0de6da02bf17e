import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DomainName, parseDomainName } from '../../../src/core/base/index.ts'
import {
  FLAGS_NONE,
  RECORD_TYPES,
  type ResourceRecord,
  writeMessage,
  writeTxt,
  ZoneDigest,
} from '../../../src/core/dns/index.ts'
import { placeRecord } from '../../../src/core/dns/records/record-place.ts'
import { wireFromName } from '../../../src/core/dns/wire-name.ts'
import { WireReader } from '../../../src/core/dns/wire-reader.ts'

const APEX = 'example' as DomainName

/** The digest of records, each brought in by a message of its own. */
function digestOf(records: readonly ResourceRecord[]): string {
  const digest = new ZoneDigest(APEX)
  for (const record of records) {
    const written = writeMessage({
      id: 0,
      opcode: 0,
      rcode: 'NOERROR',
      flags: FLAGS_NONE,
      questions: [],
      answers: [record],
      authorities: [],
      additionals: [],
    })
    if (!written.ok) throw new Error(written.error)
    digest.add(written.value, placeRecord(new WireReader(written.value, 12)))
  }
  const result = digest.finish()
  if (!result.ok) throw new Error(result.error)
  return result.value
}

function name(text: string): DomainName {
  const parsed = parseDomainName(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

/** Wire form with the case kept, as a server might send it. */
function wire(text: string): Buffer {
  return Buffer.concat([
    ...text.split('.').map(label => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ])
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const SOA = Buffer.concat([
  wire('ns1.example'),
  wire('admin.example'),
  ...[2018031900, 1800, 900, 604800, 86400].map(u32),
])

/** The header is `owner ttl type`. */
function record(header: string, rdata: Uint8Array): ResourceRecord {
  const [owner = '', ttl, type] = header.split(' ')
  return {
    owner: name(owner),
    type: RECORD_TYPES[type as keyof typeof RECORD_TYPES],
    class: 1,
    ttl: Number(ttl),
    rdata,
  }
}

function txt(text: string): Uint8Array {
  const written = writeTxt([text])
  if (!written.ok) throw new Error(written.error)
  return written.value
}

const ipv6 = (last: string): Buffer => Buffer.from(`20010db8${last.padStart(24, '0')}`, 'hex')
const zonemd = (digest: string): Buffer =>
  Buffer.concat([u32(2018031900), Buffer.from([1, 1]), Buffer.from(digest, 'hex')])

const SIMPLE_DIGEST =
  'c68090d90a7aed716bc459f9340e3d7c1370d4d24b7e2fc3a1ddc0b9a87153b9a9713b3c9ae5cc27777f98b8e730044c'
const COMPLEX_DIGEST =
  'a3b69bad980a3504e1cffcb0fd6397f93848071c93151f552ae2f6b1711d4bd2d8b39808226d7b9db71e34b72077f8fe'

/** RFC 8976 appendix A.1. */
const SIMPLE: readonly ResourceRecord[] = [
  record('example 86400 SOA', SOA),
  record('example 86400 NS', wire('ns1.example')),
  record('example 86400 NS', wire('ns2.example')),
  record('example 86400 ZONEMD', zonemd(SIMPLE_DIGEST)),
  record('ns1.example 3600 A', Buffer.from([203, 0, 113, 63])),
  record('ns2.example 3600 AAAA', ipv6('63')),
]

/** RFC 8976 appendix A.2: everything that is easily forgotten. */
const COMPLEX: readonly ResourceRecord[] = [
  ...SIMPLE,
  record('occluded.sub.example 7200 TXT', txt("I'm occluded but must be digested")),
  record('sub.example 7200 NS', wire('ns1.example')),
  record('duplicate.example 300 TXT', txt('I must be digested just once')),
  record('duplicate.example 300 TXT', txt('I must be digested just once')),
  record('foo.test 555 TXT', txt('out-of-zone data must be excluded')),
  record('UPPERCASE.example 3600 TXT', txt('canonicalize uppercase owner names')),
  record('*.example 777 PTR', wire('dont-forget-about-wildcards.example')),
  record('mail.example 3600 MX', Buffer.concat([Buffer.from([0, 20]), wire('MAIL1.example')])),
  record('mail.example 3600 MX', Buffer.concat([Buffer.from([0, 10]), wire('Mail2.Example')])),
  ...['50061', '30062', '40063', '10065', '20064'].map(last =>
    record('sortme.example 3600 AAAA', ipv6(last)),
  ),
  record(
    'non-apex.example 900 ZONEMD',
    zonemd(Buffer.from('allowed but ignored. allowed but ignored. allowe').toString('hex')),
  ),
]

describe('the digest of a zone', () => {
  test('is that of RFC 8976 appendix A.1', () => {
    expect(digestOf(SIMPLE)).toBe(SIMPLE_DIGEST)
  })

  test('is that of RFC 8976 appendix A.2', () => {
    expect(digestOf(COMPLEX)).toBe(COMPLEX_DIGEST)
  })

  test('does not depend on the order in which records arrive, nor on how often', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...COMPLEX], { minLength: COMPLEX.length }),
        fc.nat(COMPLEX.length - 1),
        (records, again) => {
          expect(digestOf([...records, records[again] as ResourceRecord])).toBe(COMPLEX_DIGEST)
        },
      ),
    )
  })

  test('leaves out the signature of the ZONEMD at the apex, and only that', () => {
    const covering = (type: number): Buffer =>
      Buffer.concat([
        Buffer.from([0, type, 8, 1]),
        u32(86400),
        u32(0),
        u32(0),
        Buffer.from([0, 1]),
        wire('example'),
        Buffer.from('sig'),
      ])
    expect(digestOf([...SIMPLE, record('example 86400 RRSIG', covering(RECORD_TYPES.ZONEMD))])).toBe(
      SIMPLE_DIGEST,
    )
    expect(digestOf([...SIMPLE, record('example 86400 RRSIG', covering(RECORD_TYPES.SOA))])).not.toBe(
      SIMPLE_DIGEST,
    )
    expect(digestOf([...SIMPLE, record('sub.example 86400 RRSIG', covering(RECORD_TYPES.ZONEMD))])).not.toBe(
      SIMPLE_DIGEST,
    )
  })

  test('takes a name that only ends in the same letters for one outside', () => {
    expect(digestOf([...SIMPLE, record('anexample 1 TXT', txt('x'))])).toBe(SIMPLE_DIGEST)
  })

  test('tells zones apart that differ in a TTL or a byte', () => {
    const changed = (at: number, change: Partial<ResourceRecord>): ResourceRecord[] =>
      SIMPLE.map((each, index) => (index === at ? { ...each, ...change } : each))
    expect(digestOf(changed(4, { ttl: 3601 }))).not.toBe(SIMPLE_DIGEST)
    expect(digestOf(changed(4, { rdata: Buffer.from([203, 0, 113, 64]) }))).not.toBe(SIMPLE_DIGEST)
  })

  test('orders owners by their labels from the right, whatever bytes these have', () => {
    const label = fc.uint8Array({ minLength: 1, maxLength: 3 })
    const owner = fc.array(label, { maxLength: 3 })
    fc.assert(
      fc.property(
        fc.uniqueArray(owner, {
          minLength: 2,
          maxLength: 6,
          selector: labels => JSON.stringify(labels.map(l => [...l])),
        }),
        owners => {
          const records = owners.map(labels => {
            const text = [
              ...labels.map(bytes => [...bytes].map(byte => `\\${String(byte).padStart(3, '0')}`).join('')),
              'example',
            ].join('.')
            return record(`${text} 1 TXT`, txt('x'))
          })
          expect(digestOf(records)).toBe(slowDigest(records))
        },
      ),
    )
  })
})

/** RFC 4034 section 6.1 word by word, for data and type that are all alike. */
function slowDigest(records: readonly ResourceRecord[]): string {
  const labels = (each: ResourceRecord): Buffer[] => {
    const bytes = wireFromName(each.owner)
    const found: Buffer[] = []
    for (let at = 0; bytes[at]; at += 1 + (bytes[at] as number)) {
      found.unshift(Buffer.from(bytes.subarray(at + 1, at + 1 + (bytes[at] as number))))
    }
    return found
  }
  const before = (left: Buffer[], right: Buffer[]): number => {
    for (let at = 0; at < Math.min(left.length, right.length); at++) {
      const order = Buffer.compare(left[at] as Buffer, right[at] as Buffer)
      if (order !== 0) return order
    }
    return left.length - right.length
  }
  const sorted = [...new Map(records.map(each => [each.owner, each])).values()].sort((left, right) =>
    before(labels(left), labels(right)),
  )
  const hash = createHash('sha384')
  for (const each of sorted) {
    hash
      .update(wireFromName(each.owner))
      .update(Buffer.from([0, each.type, 0, 1, 0, 0, 0, 1, 0, each.rdata.length]))
      .update(each.rdata)
  }
  return hash.digest('hex')
}
