import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAllowed, standingOfOption } from '../../../src/core/render/zones/option-standing.ts'
import { RELEASES, ZONE_OPTIONS } from '../../../src/core/render/zones/zone-options.ts'
import { complaints, writeRendering } from './checkconf.ts'
import { makeDemo, renderDemo } from './demo-fleet.ts'

/** Table: a value for every option that a primary zone of BIND 9.18 may have, but for those that exclude each other. */
const VALUES: Readonly<Record<string, string>> = {
  'allow-query': '{ any; }',
  'allow-query-on': '{ any; }',
  'allow-transfer': '{ key writer; }',
  'also-notify': '{ 192.0.2.1; }',
  'alt-transfer-source': '*',
  'alt-transfer-source-v6': '*',
  'check-dup-records': 'warn',
  'check-integrity': 'no',
  'check-mx': 'ignore',
  'check-mx-cname': 'ignore',
  'check-names': 'ignore',
  'check-sibling': 'no',
  'check-spf': 'ignore',
  'check-srv-cname': 'ignore',
  'check-wildcard': 'no',
  dialup: 'no',
  'dnskey-sig-validity': '0',
  'dnssec-dnskey-kskonly': 'yes',
  'dnssec-loadkeys-interval': '60',
  'dnssec-policy': 'default',
  'dnssec-secure-to-insecure': 'no',
  'dnssec-update-mode': 'maintain',
  forward: 'first',
  'inline-signing': 'no',
  'ixfr-from-differences': 'yes',
  'key-directory': '"keys"',
  'masterfile-format': 'raw',
  'masterfile-style': 'full',
  'max-ixfr-ratio': '50%',
  'max-journal-size': '10m',
  'max-records': '1000',
  'max-records-per-type': '100',
  'max-transfer-idle-out': '60',
  'max-transfer-time-out': '60',
  'max-types-per-name': '100',
  'max-zone-ttl': '86400',
  notify: 'yes',
  'notify-delay': '7',
  'notify-source': '*',
  'notify-source-v6': '*',
  'notify-to-soa': 'yes',
  'nsec3-test-zone': 'no',
  'parental-agents': '{ 192.0.2.1; }',
  'parental-source': '*',
  'parental-source-v6': '*',
  'serial-update-method': 'unixtime',
  'sig-signing-nodes': '10',
  'sig-signing-signatures': '10',
  'sig-signing-type': '65534',
  'sig-validity-interval': '30',
  'update-check-ksk': 'yes',
  'zero-no-soa-ttl': 'yes',
  'zone-statistics': 'full',
}

/** What named refuses beside a dnssec-policy, in any role. */
const BEFORE_POLICIES = [
  'dnskey-sig-validity',
  'dnssec-dnskey-kskonly',
  'dnssec-secure-to-insecure',
  'dnssec-update-mode',
  'max-zone-ttl',
  'sig-validity-interval',
  'update-check-ksk',
]

/** Set by the zones of the test themselves, or refused by rendering. */
const ELSEWHERE = [
  'allow-update',
  'update-policy',
  'file',
  'journal',
  'database',
  'dlz',
  'auto-dnssec',
  'forwarders',
]

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-zone-options-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

test('the table of values has every option of a primary zone', () => {
  const legal = Object.keys(ZONE_OPTIONS).filter(option =>
    isAllowed(standingOfOption(option, '9.18'), 'primary'),
  )
  expect([...Object.keys(VALUES), ...ELSEWHERE].sort()).toEqual(legal.sort())
})

test('every option stands somewhere in every release, and unknown ones nowhere', () => {
  for (const release of RELEASES) {
    expect(standingOfOption('file', release)).toBe('both')
    expect(standingOfOption('toString', release)).toBe('unknown')
    expect(standingOfOption('update-policy', release)).toBe('primary')
  }
  expect(RELEASES.map(release => standingOfOption('dialup', release))).toEqual([
    'both',
    'both',
    'both',
    'unknown',
  ])
})

test('whatever options the zones have, named takes them in every role', async () => {
  const zone = fc.subarray(Object.entries(VALUES)).map(options => {
    const old = options.some(([option]) => BEFORE_POLICIES.includes(option))
    return options.filter(([option]) => option !== 'dnssec-policy' || !old)
  })
  await fc.assert(
    fc.asyncProperty(fc.array(zone, { minLength: 20, maxLength: 40 }), async zones => {
      const blocks = zones.map((options, index) => {
        const text = options.map(([option, value]) => `${option} ${value};`).join(' ')
        return `zone "z${index}.example" { type primary; file "z${index}"; allow-update { key writer; }; forwarders { }; ${text} };\n`
      })
      const demo = makeDemo({ folder, zones: { default: blocks.join('') } })
      const rendering = renderDemo(demo)
      await writeRendering(demo, rendering)
      for (const path of ['ns1/etc/named.active.conf', 'ns2/etc/named.standby.conf', 'e1/etc/named.conf']) {
        expect(await complaints(join(folder, path))).not.toContain('refused')
      }
    }),
    { numRuns: 10 },
  )
})
