import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DomainName, Failure, Result } from '../../../src/core/base/index.ts'
import { RECORD_TYPES } from '../../../src/core/dns/index.ts'
import {
  DnsClient,
  queryRecords,
  querySerials,
  querySoa,
  querySoas,
  queryTxt,
} from '../../../src/io/net/index.ts'
import { Named } from './named.ts'

const zone = 'cached.example' as DomainName

let authority: Named
let resolver: Named
let client: DnsClient

beforeAll(async () => {
  authority = await Named.start({
    configuration: `zone "${zone}" { type primary; file "z.db"; };`,
    files: { 'z.db': '$TTL 3600\n@ SOA ns h 5 60 60 600 3600\n@ NS ns.example.\n@ TXT "role=active"\n' },
  })
  const { address, port } = authority.endpoint
  resolver = await Named.start({
    configuration: `view "resolver" {
      recursion yes; allow-recursion { any; };
      zone "${zone}" { type forward; forward only; forwarders { ${address} port ${port}; }; };
    };`,
    files: {},
  })
  client = new DnsClient(resolver.endpoint)
  // What it has once looked up it tells from then on, also to whom asks for no recursion.
  for (const type of [RECORD_TYPES.SOA, RECORD_TYPES.TXT])
    expect(await queryRecords(client, { name: zone, type, recursionDesired: true }, {})).toMatchObject({
      value: { authoritative: false, records: [{ owner: zone }] },
    })
})

afterAll(async () => {
  client.close()
  await resolver.stop()
  await authority.stop()
})

const questions: readonly (readonly [string, () => Promise<Result<unknown, Failure> | undefined>])[] = [
  ['querySoa', () => querySoa(client, zone, {})],
  ['queryTxt', () => queryTxt(client, zone, {})],
  ['querySerials', async () => (await querySerials(resolver.endpoint, [zone], {})).get(zone)],
  ['querySoas', async () => (await querySoas(resolver.endpoint, [zone], {})).get(zone)],
]

describe('a record from the cache of a server that does not have the zone', () => {
  test.each(questions)('is no answer to %s', async (_name, ask) => {
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'dns.not-authoritative' } })
  })
})
