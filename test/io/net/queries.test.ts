import { createSocket } from 'node:dgram'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DomainName, SharedKey } from '../../../src/core/base/index.ts'
import { RECORD_TYPES } from '../../../src/core/dns/index.ts'
import { DnsClient, queryRecords, querySerials, querySoa, queryTxt } from '../../../src/io/net/index.ts'
import { freePort, keyStatement, Named, testKey } from './named.ts'

const ZONES = 300
const key = testKey('fleet')
const impostor = new SharedKey('fleet', 'hmac-sha256', Buffer.alloc(32, 7))
const name = (text: string): DomainName => text as DomainName
const zones = Array.from({ length: ZONES }, (_, index) => name(`z${index}.example`))

let named: Named
let client: DnsClient

beforeAll(async () => {
  const apex = (serial: number): string =>
    `$TTL 60\n@ SOA ns hostmaster ${serial} 60 60 600 60\n@ NS ns.example.\n`
  named = await Named.start({
    options: 'max-udp-size 512;',
    configuration: `${keyStatement(key)}
      ${zones.map(zone => `zone "${zone}" { type primary; file "z.db"; };`).join('\n')}
      zone "standby-mode" { type primary; file "marker.db"; allow-query { key fleet; }; };
      zone "broken.example" { type primary; file "absent.db"; };`,
    files: {
      'z.db': `${apex(4_294_967_295)}${Array.from({ length: 40 }, (_, at) => `large TXT "${at} ${'x'.repeat(100)}"\n`).join('')}`,
      'marker.db': `${apex(7)}@ TXT "role=active" "term=7"\n`,
    },
  })
  client = new DnsClient(named.endpoint)
})

afterAll(async () => {
  client.close()
  await named.stop()
})

describe('querySerials', () => {
  test.each([
    ['without a key', undefined],
    ['with a key', key],
  ])('%s gives the serial of every zone', async (_case, by) => {
    const serials = await querySerials(named.endpoint, zones, { key: by })
    expect(serials.size).toBe(ZONES)
    for (const serial of serials.values()) expect(serial).toEqual({ ok: true, value: 4_294_967_295 })
  })

  test('gives each zone that has none its own failure', async () => {
    const asked = [
      zones[0],
      name('broken.example'),
      name('absent.example'),
      name('standby-mode'),
    ] as DomainName[]
    const serials = await querySerials(named.endpoint, asked, {})
    expect([...serials].map(([zone, serial]) => [zone, serial.ok || serial.error.because])).toEqual(
      expect.arrayContaining([
        [zones[0], true],
        ['broken.example', 'the answer to its SOA was SERVFAIL'],
        ['absent.example', 'the answer to its SOA was REFUSED'],
        ['standby-mode', 'the answer to its SOA was REFUSED'],
      ]),
    )
  })

  test('gives a name below a zone no serial', async () => {
    const serials = await querySerials(named.endpoint, [name('large.z1.example')], {})
    expect(serials.get(name('large.z1.example'))).toMatchObject({ error: { code: 'dns.no-data' } })
  })

  test('fails every zone where nothing listens', async () => {
    const nowhere = { address: '127.0.0.1', port: await freePort() }
    const serials = await querySerials(nowhere, zones.slice(0, 3), {})
    expect([...serials.values()]).toMatchObject(
      [1, 2, 3].map(() => ({ ok: false, error: { code: 'net.unreachable' } })),
    )
  })

  test('stops when it is told to', async () => {
    const serials = await querySerials(named.endpoint, zones.slice(0, 2), { signal: AbortSignal.abort() })
    expect([...serials.values()]).toMatchObject([1, 2].map(() => ({ error: { code: 'net.aborted' } })))
  })

  test('says which secret is wrong', async () => {
    const serials = await querySerials(named.endpoint, zones.slice(0, 1), { key: impostor })
    expect([...serials.values()]).toMatchObject([{ error: { code: 'dns.tsig-server-bad-signature' } }])
  })
})

describe('one question', () => {
  test('of a marker zone is answered to its key alone', async () => {
    expect(await queryTxt(client, name('standby-mode'), { key })).toEqual({
      ok: true,
      value: [['role=active', 'term=7']],
    })
    expect(await queryTxt(client, name('standby-mode'), {})).toMatchObject({ error: { code: 'dns.rcode' } })
  })

  test('whose answer is truncated over UDP is asked over TCP', async () => {
    const answer = await queryRecords(
      client,
      { name: name('large.z1.example'), type: RECORD_TYPES.TXT },
      { key },
    )
    expect(answer.ok && answer.value.records.length).toBe(40)
    expect(answer).toMatchObject({ value: { authoritative: true } })
  })

  test('goes over TCP when that is wanted', async () => {
    expect(await querySoa(client, zones[2] as DomainName, { transport: 'tcp' })).toEqual({
      ok: true,
      value: 4_294_967_295,
    })
  })

  test('many at once over UDP are all answered', async () => {
    const answers = await Promise.all(zones.map(zone => querySoa(client, zone, { deadlineMs: 20_000 })))
    expect(answers.filter(answer => answer.ok).length).toBe(ZONES)
  })

  test('to a port where nothing listens fails as unreachable', async () => {
    const lost = new DnsClient({ address: '127.0.0.1', port: await freePort() })
    expect(await querySoa(lost, zones[0] as DomainName, {})).toMatchObject({
      error: { code: 'net.unreachable' },
    })
    expect(await querySoa(lost, zones[0] as DomainName, { transport: 'tcp' })).toMatchObject({
      error: { code: 'net.unreachable' },
    })
    lost.close()
  })

  test('to a server that says nothing is repeated, and fails in time', async () => {
    let received = 0
    const silent = createSocket('udp4').on('message', () => received++)
    await new Promise<void>(resolve => silent.bind(0, '127.0.0.1', resolve))
    const lost = new DnsClient({ address: '127.0.0.1', port: silent.address().port })
    expect(await querySoa(lost, zones[0] as DomainName, { deadlineMs: 300 })).toMatchObject({
      error: { code: 'net.timeout' },
    })
    expect(received).toBeGreaterThan(1)
    lost.close()
    silent.close()
  })
})
