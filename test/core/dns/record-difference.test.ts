import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DomainName } from '../../../src/core/base/index.ts'
import { diffRecords, printRecord, RECORD_TYPES, type ResourceRecord } from '../../../src/core/dns/index.ts'
import { anyRecord } from './arbitraries.ts'

const www: ResourceRecord = {
  owner: 'www.example' as DomainName,
  type: RECORD_TYPES.A,
  class: 1,
  ttl: 300,
  rdata: Uint8Array.of(192, 0, 2, 80),
}

/** A name of one label, with a final root label. */
function oneLabel(text: string): Uint8Array {
  return Uint8Array.of(text.length, ...new TextEncoder().encode(text), 0)
}

describe('records of two copies', () => {
  test('differ by what only one has, in any order', () => {
    fc.assert(
      fc.property(fc.array(anyRecord), fc.array(anyRecord), fc.array(anyRecord), (both, left, right) => {
        const { missing, extra } = diffRecords([...both, ...left], [...right, ...both])
        for (const record of missing) expect(left).toContain(record)
        for (const record of extra) expect(right).toContain(record)
      }),
    )
  })

  test('differ by their TTL', () => {
    const longer = { ...www, ttl: 600 }
    expect(diffRecords([www], [longer])).toEqual({ missing: [www], extra: [longer] })
  })

  test('are the same in another case of a name, as they are to a digest, but not of a text', () => {
    const alias = (target: string) => ({ ...www, type: RECORD_TYPES.CNAME, rdata: oneLabel(target) })
    expect(diffRecords([alias('target')], [alias('TARGET')])).toEqual({ missing: [], extra: [] })
    const text = (value: string) => ({ ...www, type: RECORD_TYPES.TXT, rdata: oneLabel(value).slice(0, -1) })
    expect(diffRecords([text('value')], [text('VALUE')]).missing).toHaveLength(1)
  })
})

test('a record is printed as a zone file has it', () => {
  expect(printRecord(www)).toBe('www.example. 300 IN A 192.0.2.80')
  expect(printRecord({ ...www, owner: '.' as DomainName, type: 65_280 })).toBe(
    '. 300 IN TYPE65280 \\# 4 C0000250',
  )
})
