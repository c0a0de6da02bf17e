import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { DomainName, SharedKey } from '../../../src/core/base/index.ts'
import { prerequisiteOnlyUpdate } from '../../../src/core/dns/index.ts'
import { DnsClient, sendUpdate, transferRecords } from '../../../src/io/net/index.ts'
import { keyStatement, Named, testKey } from './named.ts'

const writer = testKey('writer')
const reader = testKey('reader')
const keys = keyStatement(writer) + keyStatement(reader)
const ZONES = {
  'by-key.example': 'allow-update { key writer; };',
  'by-policy.example': 'update-policy { grant writer zonesub ANY; };',
}
const zone = '$TTL 60\n@ SOA ns hostmaster 1 60 60 600 60\n@ NS ns\nns A 192.0.2.1\n'

let active: Named
let forwarding: Named
let refusing: Named

/** A standby of both zones; what it has of the active is there before the tests begin. */
async function standby(forward: string): Promise<Named> {
  const block = (name: string): string =>
    `zone "${name}" { type secondary; file "${name}.db"; primaries { 127.0.0.1 port ${active.endpoint.port}; }; ${forward} };`
  return Named.start({ configuration: keys + Object.keys(ZONES).map(block).join('\n'), files: {} })
}

beforeAll(async () => {
  const block = ([name, rule]: [string, string]): string =>
    `zone "${name}" { type primary; file "${name}.db"; ${rule} };`
  active = await Named.start({
    options: 'allow-transfer { any; };',
    configuration: keys + Object.entries(ZONES).map(block).join('\n'),
    files: Object.fromEntries(Object.keys(ZONES).map(name => [`${name}.db`, zone])),
  })
  forwarding = await standby('allow-update-forwarding { key writer; };')
  refusing = await standby('')
  await vi.waitFor(() => expect(loaded(forwarding)).toBe(true), { timeout: 20_000, interval: 100 })
  await vi.waitFor(() => expect(loaded(refusing)).toBe(true), { timeout: 20_000, interval: 100 })
})

afterAll(async () => {
  for (const named of [active, forwarding, refusing]) await named.stop()
})

function loaded(named: Named): boolean {
  return Object.keys(ZONES).every(name => /^serial: 1$/m.test(named.rndc('zonestatus', name).output))
}

async function probe(named: Named, name: string, key: SharedKey | undefined): Promise<string> {
  const client = new DnsClient(named.endpoint)
  const outcome = await sendUpdate(client, prerequisiteOnlyUpdate(name as DomainName), {
    key,
    deadlineMs: 20_000,
  })
  client.close()
  return outcome.ok ? outcome.value.rcode : outcome.error.code
}

/** What each of three signatures is answered: the key that may, one that may not, none. */
async function probes(named: Named, name: string): Promise<string[]> {
  return [
    await probe(named, name, writer),
    await probe(named, name, reader),
    await probe(named, name, undefined),
  ]
}

const REFUSED_TO_ALL = ['REFUSED', 'REFUSED', 'REFUSED']

/** named asks an `update-policy` about each record that changes, and here there is none to ask about. */
const ANSWERS_OF_ACTIVE: Record<string, string[]> = {
  'by-key.example': ['NOERROR', 'REFUSED', 'REFUSED'],
  'by-policy.example': ['NOERROR', 'NOERROR', 'NOERROR'],
}

describe.each(Object.keys(ZONES))('an update of %s that changes nothing', name => {
  test('is answered by the active: an allow-update looks at the key, an update-policy does not', async () => {
    expect(await probes(active, name)).toEqual(ANSWERS_OF_ACTIVE[name])
  })

  test('is forwarded by a standby for the key that may', async () => {
    expect(await probes(forwarding, name)).toEqual(['NOERROR', 'REFUSED', 'REFUSED'])
  })

  test('is refused by a standby that does not forward', async () => {
    expect(await probes(refusing, name)).toEqual(REFUSED_TO_ALL)
  })

  test('is refused everywhere while the active is frozen', async () => {
    active.rndc('freeze', name)
    const answers = { active: await probes(active, name), forwarding: await probes(forwarding, name) }
    active.rndc('thaw', name)
    expect(answers).toEqual({ active: REFUSED_TO_ALL, forwarding: REFUSED_TO_ALL })
  })

  test('leaves the zone as it was', async () => {
    const content = await transferRecords(active.endpoint, name as DomainName, {})
    expect(content).toMatchObject({ ok: true, value: { serial: 1 } })
  })
})
