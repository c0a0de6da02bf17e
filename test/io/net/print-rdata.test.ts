import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DomainName } from '../../../src/core/base/index.ts'
import { printRdata, printRecordType } from '../../../src/core/dns/index.ts'
import { transferRecords } from '../../../src/io/net/index.ts'
import { Named } from './named.ts'

const ZONE = `$TTL 60
@ SOA ns hostmaster 1 60 60 600 60
@ NS ns
ns A 192.0.2.53
@ MX 10 mail
@ CAA 0 issue "ca.example"
a A 192.0.2.1
aaaa AAAA 2001:db8::1
six AAAA 0:0:1::
all AAAA ::
full AAAA 1:2:3:4:5:6:7:8
two AAAA 1:0:0:2:0:0:0:3
text TXT "one" "with \\"quotes\\" and \\\\ and \\200"
srv SRV 1 2 3 target.example.
naptr NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .
ds DS 12345 13 2 ${'AB'.repeat(32)}
key DNSKEY 257 3 13 ${Buffer.alloc(64, 5).toString('base64')}
sig RRSIG A 13 3 60 20300101000000 20200101000000 12345 z.example. ${Buffer.alloc(64, 6).toString('base64')}
nsec NSEC next.z.example. A TXT RRSIG NSEC TYPE65280
tlsa TLSA 3 1 1 ${'CD'.repeat(32)}
sshfp SSHFP 1 2 ${'EF'.repeat(32)}
hinfo HINFO "cpu" "os"
uri URI 1 2 "https://example/"
rp RP a b
digest ZONEMD 1 1 1 ${'01'.repeat(48)}
unknown TYPE65280 \\# 3 010203
`

let named: Named

beforeAll(async () => {
  named = await Named.start({
    configuration:
      'zone "z.example" { type primary; file "z.db"; allow-transfer { any; }; check-names ignore; };',
    files: { 'z.db': ZONE },
  })
})

afterAll(async () => {
  await named.stop()
})

test('data prints as dig prints it', async () => {
  const zone = await transferRecords(named.endpoint, 'z.example' as DomainName, {})
  if (!zone.ok) throw new Error(zone.error.because)
  const ours = zone.value.records.map(
    record => `${record.owner}. ${printRecordType(record.type)} ${printRdata(record.type, record.rdata)}`,
  )
  const place = ['@127.0.0.1', '-p', String(named.endpoint.port)]
  const { stdout } = spawnSync(
    'dig',
    [...place, 'z.example', 'AXFR', '+noall', '+answer', '+nosplit', '+onesoa'],
    { encoding: 'utf8' },
  )
  const theirs = stdout
    .trim()
    .split('\n')
    .map(line => line.replace(/^(\S+)\s+\d+\s+IN\s+(\S+)\s+/, '$1 $2 '))
  expect(ours.length).toBeGreaterThan(20)
  expect(ours).toEqual(theirs)
})
