import { describe, expect, it } from 'vitest'
import { parseDomainName } from '../../../src/core/base/index.ts'
import {
  aclsOf,
  controlsOf,
  dnssecPoliciesOf,
  includesOf,
  keysInMatchList,
  keysOf,
  optionsOf,
  parse,
  type Reading,
  readBoolean,
  readDuration,
  remoteServersOf,
  type Statement,
  statisticsChannelsOf,
  viewsOf,
  zonesOf,
} from '../../../src/core/namedconf/index.ts'

describe('zonesOf', () => {
  it('reads name, class, type, file and journal, with the older words too', () => {
    const zones = read(
      zonesOf,
      'zone "A.Example." in { type MASTER; file "a"; journal "j"; }; zone b { type slave; };',
    )
    expect(zones).toMatchObject([
      { name: 'a.example', class: 'IN', type: 'primary', file: 'a', journal: 'j' },
      { name: 'b', class: undefined, type: 'secondary', file: undefined, journal: undefined },
    ])
  })

  it('knows the root, escapes, and zones without a type', () => {
    const zones = read(zonesOf, 'zone "." { type hint; }; zone "a\\.b\\032c" { in-view v; };')
    expect(zones).toMatchObject([
      { name: '.', type: 'hint' },
      { name: 'a\\.b\\032c', type: undefined },
    ])
  })

  it('says all that is wrong, and where', () => {
    expect(problems(zonesOf, 'zone "a..b" { };\nzone c { type none; };\nzone d;\nzone { };')).toEqual([
      '1 namedconf.zone-name',
      '2 namedconf.zone-type',
      '3 namedconf.body-missing',
      '4 namedconf.name-missing',
    ])
  })
})

describe('viewsOf', () => {
  it('reads name, class, clients and zones', () => {
    const [view] = read(
      viewsOf,
      'view "In" IN { match-clients { !key k; 10/8; }; zone a { type primary; }; };',
    )
    expect(view).toMatchObject({ name: 'In', class: 'IN' })
    expect(view?.matchClients).toMatchObject([
      { negated: true, match: { kind: 'key', name: 'k' } },
      { negated: false, match: { kind: 'address', address: '10', length: 8 } },
    ])
    expect(zonesOf(view?.body ?? [])).toMatchObject({ value: [{ name: 'a' }] })
  })
})

describe('keysOf', () => {
  const secret = Buffer.from('not a real one').toString('base64')

  it('reads a shared key under its canonical name', () => {
    const [key] = read(keysOf, `key "Up.Date." { algorithm HMAC-SHA512; secret "${secret}"; };`)
    expect(key?.key).toMatchObject({ name: 'up.date', algorithm: 'hmac-sha512' })
    expect(Buffer.from(key?.key.reveal() ?? []).toString()).toBe('not a real one')
  })

  it('never tells a secret, not even a wrong one', () => {
    const text = 'key a { algorithm hmac-sha256; secret "hush!"; }; key b { algorithm x; }; key c.. { };'
    const reading = keysOf(parse(text).statements)
    expect(JSON.stringify(reading)).not.toContain('hush')
    expect(problems(keysOf, text)).toEqual([
      '1 namedconf.key-secret',
      '1 namedconf.key-algorithm',
      '1 namedconf.key-secret',
      '1 namedconf.key-name',
    ])
  })
})

describe('lists', () => {
  it('reads address match lists', () => {
    const [acl] = read(
      aclsOf,
      'acl a { ::1; 2001:db8::/32; any; { key k; !{ key "l"; }; }; geoip country US; 10.0.0.1; };',
    )
    expect(acl?.elements.map(element => element.match)).toMatchObject([
      { kind: 'address', address: '::1', length: undefined },
      { kind: 'address', address: '2001:db8::', length: 32 },
      { kind: 'acl', name: 'any' },
      { kind: 'list' },
      { kind: 'other', values: ['geoip', 'country', 'US'] },
      { kind: 'address', address: '10.0.0.1', length: undefined },
    ])
    expect(keysInMatchList(acl?.elements ?? [])).toEqual(['k', 'l'])
  })

  it('reads lists of remote servers by any of their names', () => {
    const text = 'masters m port 5301 { 10.0.0.1 port 53 key k; ::1 tls t; n; }; primaries "n" { };'
    expect(read(remoteServersOf, text)).toMatchObject([
      {
        name: 'm',
        port: 5301,
        servers: [
          { target: { kind: 'address', text: '10.0.0.1' }, port: 53, key: 'k', tls: undefined },
          { target: { kind: 'address', text: '::1' }, port: undefined, key: undefined, tls: 't' },
          { target: { kind: 'list', text: 'n' } },
        ],
      },
      { name: 'n', port: undefined, servers: [] },
    ])
    expect(problems(remoteServersOf, 'primaries m { 10.0.0.1 prt 53; };\nprimaries n port x { };')).toEqual([
      '1 namedconf.address',
      '2 namedconf.address',
    ])
  })
})

describe('the rest', () => {
  it('reads control and statistics channels with their default ports', () => {
    const controls = 'controls { inet * allow { any; } keys { "a"; b; }; inet ::1 port 54 allow { none; }; };'
    expect(read(controlsOf, controls)).toMatchObject([
      { address: '*', port: 953, keys: ['a', 'b'], allow: [{ match: { kind: 'acl', name: 'any' } }] },
      { address: '::1', port: 54, keys: [] },
    ])
    expect(read(statisticsChannelsOf, 'statistics-channels { inet 127.0.0.1; };')).toMatchObject([
      { address: '127.0.0.1', port: 80, allow: [] },
    ])
    expect(problems(controlsOf, 'controls { inet 127.0.0.1 port 65536 allow { any; }; };')).toEqual([
      '1 namedconf.address',
    ])
  })

  it('reads options, policies and includes', () => {
    const { statements } = parse(`options { directory "/var"; };
      dnssec-policy p { keys { KSK lifetime P1Y algorithm ecdsa256; zsk key-directory lifetime unlimited algorithm 13; }; };
      include "x*.conf";`)
    expect(optionsOf(statements)?.directory).toBe('/var')
    expect(optionsOf([])).toBeUndefined()
    expect(includesOf(statements)).toMatchObject([{ pattern: 'x*.conf' }])
    expect(dnssecPoliciesOf(statements)).toMatchObject({
      value: [
        {
          name: 'p',
          keys: [
            { role: 'ksk', lifetime: 'P1Y', algorithm: 'ecdsa256' },
            { role: 'zsk', lifetime: 'unlimited', algorithm: '13' },
          ],
        },
      ],
    })
  })

  it.each([
    ['300', 300],
    ['1d12h', 129_600],
    ['1W', 604_800],
    ['PT1H30M', 5_400],
    ['P1Y2M', 36_892_800],
    ['P', undefined],
    ['P1DT', undefined],
    ['unlimited', undefined],
    ['1x', undefined],
  ])('reads the duration %s as %s seconds', (text, seconds) => {
    expect(readDuration(text)).toBe(seconds)
  })

  it('reads what named takes for yes and no', () => {
    expect(['YES', 'true', '1', 'no', 'False', '0', 'maybe'].map(readBoolean)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      undefined,
    ])
  })

  it('takes its names from the vocabulary of the base', () => {
    expect(parseDomainName('A.Example.')).toMatchObject({
      value: read(zonesOf, 'zone a.example { };')[0]?.name,
    })
  })
})

type Reader<View> = (statements: readonly Statement[]) => Reading<readonly View[]>

function read<View>(reader: Reader<View>, text: string): readonly View[] {
  const file = parse(text)
  expect(file.diagnostics).toEqual([])
  const reading = reader(file.statements)
  expect(reading).toMatchObject({ ok: true })
  return reading.ok ? reading.value : []
}

function problems(reader: Reader<unknown>, text: string): string[] {
  const reading = reader(parse(text).statements)
  return reading.ok ? [] : reading.error.map(({ code, place }) => `${place.line} ${code}`)
}
