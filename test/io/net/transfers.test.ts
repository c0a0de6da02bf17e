import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DomainName, Failure, Result } from '../../../src/core/base/index.ts'
import { RECORD_TYPES } from '../../../src/core/dns/index.ts'
import {
  DnsClient,
  sendUpdate,
  transferRecords,
  transferZones,
  type ZoneContent,
} from '../../../src/io/net/index.ts'
import { keyStatement, Named, testKey } from './named.ts'

const ZONES = 60
const LARGE_RECORDS = 20_000
const key = testKey('fleet', 'hmac-sha512')
const name = (text: string): DomainName => text as DomainName
const zones = Array.from({ length: ZONES }, (_, index) => name(`z${index}.example`))

let named: Named

beforeAll(async () => {
  const apex = '$TTL 60\n@ SOA ns hostmaster 5 60 60 600 60\n@ NS ns.example.\n'
  const large = Array.from({ length: LARGE_RECORDS }, (_, at) => `n${at} TXT "${at}"\n`).join('')
  named = await Named.start({
    options: 'allow-transfer { key fleet; }; dnssec-policy none;',
    configuration: `${keyStatement(key)}
      ${zones.map(zone => `zone "${zone}" { type primary; file "${zone}.db"; };`).join('\n')}
      zone "large.example" { type primary; file "large.db"; };
      zone "signed.example" { type primary; file "signed.db"; dnssec-policy default; inline-signing yes; };
      zone "live.example" { type primary; file "live.db"; allow-update { key fleet; }; };
      zone "open.example" { type primary; file "z.db"; allow-transfer { any; }; };
      zone "broken.example" { type primary; file "absent.db"; };`,
    files: {
      ...Object.fromEntries(zones.map((zone, at) => [`${zone}.db`, `${apex}a A 192.0.2.${at}\n`])),
      'z.db': apex,
      'signed.db': apex,
      'live.db': apex,
      'large.db': apex + large,
    },
  })
})

afterAll(async () => {
  await named.stop()
})

async function contents(
  asked: readonly DomainName[],
  by = true,
): Promise<Map<string, Result<ZoneContent, Failure>>> {
  const found = new Map<string, Result<ZoneContent, Failure>>()
  await transferZones(named.endpoint, asked, {
    key: by ? key : undefined,
    onZone: (zone, content) => found.set(zone, content),
  })
  return found
}

describe('transferZones', () => {
  test('gives serial, size and digest of every zone, different ones for different content', async () => {
    const found = await contents(zones)
    const digests = new Set([...found.values()].map(content => content.ok && content.value.digest))
    expect(digests.size).toBe(ZONES)
    expect(found.get('z3.example')).toMatchObject({ ok: true, value: { serial: 5, recordCount: 3 } })
  })

  test('reads a signed transfer of many messages', async () => {
    const found = await contents([name('large.example')])
    expect(found.get('large.example')).toMatchObject({ ok: true, value: { recordCount: LARGE_RECORDS + 2 } })
  })

  test('fails the zones that cannot be had, and no others', async () => {
    const found = await contents([name('broken.example'), name('absent.example'), zones[1] as DomainName])
    expect(found.get('broken.example')).toMatchObject({ ok: false, error: { code: 'dns.rcode' } })
    expect(found.get('absent.example')).toMatchObject({ ok: false, error: { code: 'dns.rcode' } })
    expect(found.get('z1.example')).toMatchObject({ ok: true })
  })

  test('without the key fails where the key is needed', async () => {
    const found = await contents([name('open.example'), zones[0] as DomainName], false)
    expect(found.get('open.example')).toMatchObject({ ok: true })
    expect(found.get('z0.example')).toMatchObject({
      ok: false,
      error: { because: 'the server answered REFUSED' },
    })
  })

  test('gives every zone a result when the time is up', async () => {
    const found = new Map<string, Result<ZoneContent, Failure>>()
    await transferZones(named.endpoint, zones, {
      key,
      deadlineMs: 1,
      onZone: (zone, content) => found.set(zone, content),
    })
    expect(found.size).toBe(ZONES)
  })
})

describe('the content of a zone', () => {
  test('has a digest that the same records loaded elsewhere have too', async () => {
    const before = await contents([name('live.example')])
    const client = new DnsClient(named.endpoint)
    const rdata = Uint8Array.from([192, 0, 2, 99])
    const [zone, type] = [name('live.example'), RECORD_TYPES.A]
    const change = { name: name('x.live.example'), type, rdata } as const
    await sendUpdate(
      client,
      { zone, prerequisites: [], changes: [{ kind: 'add', ttl: 60, ...change }] },
      { key },
    )
    const after = await contents([zone])
    client.close()
    expect(after.get(zone)).toMatchObject({ ok: true, value: { recordCount: 3 } })
    expect(after.get(zone)).not.toEqual(before.get(zone))
  })

  test('is given as records too', async () => {
    const zone = await transferRecords(named.endpoint, zones[7] as DomainName, { key })
    expect(zone.ok && zone.value.records.map(record => [record.owner, record.type])).toEqual([
      ['z7.example', RECORD_TYPES.SOA],
      ['z7.example', RECORD_TYPES.NS],
      ['a.z7.example', RECORD_TYPES.A],
    ])
  })

  test('that named signed has its signatures', async () => {
    const zone = await transferRecords(named.endpoint, name('signed.example'), { key })
    const types = new Set(zone.ok ? zone.value.records.map(record => record.type) : [])
    for (const type of [RECORD_TYPES.DNSKEY, RECORD_TYPES.RRSIG, RECORD_TYPES.NSEC])
      expect(types).toContain(type)
  })
})
