import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DomainName, SharedKey } from '../../../src/core/base/index.ts'
import { prerequisiteOnlyUpdate, RECORD_TYPES, type Update, writeTxt } from '../../../src/core/dns/index.ts'
import { DnsClient, sendUpdate } from '../../../src/io/net/index.ts'
import { keyStatement, Named, testKey } from './named.ts'

const ZONE = 'z.example' as DomainName
const key = testKey('update-key')
const stranger = testKey('stranger')
const impostor = new SharedKey('update-key', 'hmac-sha256', Buffer.alloc(32, 7))

let named: Named
let client: DnsClient

beforeAll(async () => {
  named = await Named.start({
    configuration: `${keyStatement(key)}
      zone "z.example" { type primary; file "z.db"; allow-update { key update-key; }; };
      zone "static.example" { type primary; file "static.db"; };`,
    files: {
      'z.db': '$TTL 60\n@ SOA ns hostmaster 1 60 60 600 60\n@ NS ns\nns A 192.0.2.1\n',
      'static.db': '$TTL 60\n@ SOA ns hostmaster 1 60 60 600 60\n@ NS ns\nns A 192.0.2.1\n',
    },
  })
  client = new DnsClient(named.endpoint)
})

afterAll(async () => {
  client.close()
  await named.stop()
})

function addText(name: string): Update {
  const rdata = writeTxt(['hello'])
  if (!rdata.ok) throw new Error(rdata.error)
  return {
    zone: ZONE,
    prerequisites: [{ kind: 'set-absent', name: name as DomainName, type: RECORD_TYPES.TXT }],
    changes: [{ kind: 'add', name: name as DomainName, type: RECORD_TYPES.TXT, ttl: 60, rdata: rdata.value }],
  }
}

describe.each(['tcp', 'udp'] as const)('an update over %s', transport => {
  test('is done when its key may and its prerequisite holds, and not a second time', async () => {
    const update = addText(`${transport}.z.example`)
    expect(await sendUpdate(client, update, { key, transport })).toMatchObject({
      value: { rcode: 'NOERROR', transport },
    })
    expect(await sendUpdate(client, update, { key, transport })).toMatchObject({
      value: { rcode: 'YXRRSET' },
    })
  })

  test('without a signature is refused, which is an outcome', async () => {
    const outcome = await sendUpdate(client, addText('unsigned.z.example'), { transport })
    expect(outcome).toMatchObject({ ok: true, value: { rcode: 'REFUSED' } })
  })

  test('signed with a key that the server does not know fails as such', async () => {
    const outcome = await sendUpdate(client, addText('x.z.example'), { key: stranger, transport })
    expect(outcome).toMatchObject({ ok: false, error: { code: 'dns.tsig-server-bad-key' } })
  })

  test('signed with another secret fails as such', async () => {
    const outcome = await sendUpdate(client, addText('x.z.example'), { key: impostor, transport })
    expect(outcome).toMatchObject({ ok: false, error: { code: 'dns.tsig-server-bad-signature' } })
  })

  test('that changes nothing is answered with NOERROR, and leaves the serial as it is', async () => {
    const before = named.rndc('zonestatus', 'z.example').output
    expect(await sendUpdate(client, prerequisiteOnlyUpdate(ZONE), { key, transport })).toMatchObject({
      value: { rcode: 'NOERROR' },
    })
    expect(serialIn(named.rndc('zonestatus', 'z.example').output)).toBe(serialIn(before))
  })

  test('of a frozen zone is refused', async () => {
    named.rndc('freeze', 'z.example')
    const outcome = await sendUpdate(client, prerequisiteOnlyUpdate(ZONE), { key, transport })
    named.rndc('thaw', 'z.example')
    expect(outcome).toMatchObject({ value: { rcode: 'REFUSED' } })
  })

  test('of a zone that the server does not have is NOTAUTH', async () => {
    const outcome = await sendUpdate(client, prerequisiteOnlyUpdate('other.example' as DomainName), {
      key,
      transport,
    })
    expect(outcome).toMatchObject({ value: { rcode: 'NOTAUTH' } })
  })
})

test('an update that does not fit into a message is not sent', async () => {
  const rdata = writeTxt(['x'.repeat(255)])
  if (!rdata.ok) throw new Error(rdata.error)
  const change = { kind: 'add', name: ZONE, type: RECORD_TYPES.TXT, ttl: 60, rdata: rdata.value } as const
  const update = { zone: ZONE, prerequisites: [], changes: Array.from({ length: 300 }, () => change) }
  expect(await sendUpdate(client, update, { key })).toMatchObject({
    ok: false,
    error: { code: 'dns.too-large' },
  })
})

function serialIn(status: string): string | undefined {
  return /^serial: (\d+)$/m.exec(status)?.[1]
}
