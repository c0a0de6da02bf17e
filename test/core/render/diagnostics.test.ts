import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../../src/core/base/index.ts'
import { render } from '../../../src/core/render/index.ts'
import { type DemoWishes, makeDemo } from './demo-fleet.ts'

const GOOD = 'zone "good.example" { type primary; file "good.db"; };\n'

describe('errors in the zone blocks', () => {
  test.each([
    ['render.zone-without-file', 'zone "a.example" {\n\ttype primary;\n};'],
    ['render.zone-type', 'zone "a.example" { type secondary; file "a"; };'],
    ['render.zone-type', 'zone "a.example" { type forward; file "a"; };'],
    ['render.zone-type', 'zone "." { type hint; file "root.hints"; };'],
    ['render.option-unsupported', 'zone "a.example" { in-view "other"; };'],
    ['render.option-unsupported', 'zone "a.example" { type primary; file "a"; dlz "x"; };'],
    ['render.zone-class', 'zone "a.example" CH { type primary; file "a"; };'],
    ['render.zone-name', 'zone "a..example" { type primary; file "a"; };'],
    ['render.zone-name', 'zone "a.example";'],
    ['render.stray-statement', 'acl friends { any; };'],
    ['render.stray-statement', 'template t { type primary; };'],
    ['render.zone-twice', 'zone "GOOD.example." { type primary; file "a"; };'],
    ['render.zone-is-marker', 'zone "standby-mode" { type primary; file "a"; };'],
    ['render.file-shared', 'zone "a.example" { type primary; file "./x/../good.db"; };'],
    ['render.file-shared', 'zone "a.example" { type primary; file "/srv/demo/ns2/var/good.db"; };'],
    ['render.file-shared', 'zone "a.example" { type primary; file "a"; journal "good.db"; };'],
    ['render.file-shared', 'zone "a.example" { type primary; file "good.db.jnl"; };'],
    ['render.file-of-baton', 'zone "a.example" { type primary; file "../etc/named.conf"; };'],
    ['render.file-of-baton', 'zone "a.example" { type primary; file "../etc/baton/marker/active.db"; };'],
    [
      'render.file-of-baton',
      'zone "a.example" { type primary; file "a"; journal "../etc/named.active.conf"; };',
    ],
    ['render.file-template', 'zone "a.example" { type primary; file "$type/a"; };'],
    ['render.option-unknown', 'zone "a.example" { type primary; file "a"; alow-query { any; }; };'],
    ['render.option-misplaced', 'zone "a.example" { type primary; file "a"; masters { 192.0.2.1; }; };'],
    [
      'render.option-misplaced',
      'zone "a.example" { type primary; file "a"; allow-update-forwarding { any; }; };',
    ],
    ['render.key-unknown', 'zone "a.example" { type primary; file "a"; allow-update { key nobody; }; };'],
    ['render.acl-unknown', 'zone "a.example" { type primary; file "a"; allow-update { nobody; }; };'],
    ['render.inline-signing', 'zone "a.example" { type primary; file "a"; inline-signing yes; };'],
    ['render.inline-signing', 'zone "a.example" { type primary; file "a"; dnssec-policy default; };'],
    [
      'render.transfer-transport',
      'zone "a.example" { type primary; file "a"; allow-transfer port 853 { any; }; };',
    ],
  ])('%s: %s', (code, zone) => {
    const [error, ...others] = errorsOf({ zones: { default: `${GOOD}${zone}\n` } })
    expect(error).toMatchObject({
      code,
      severity: 'error',
      place: { file: '/srv/demo/default.zones.conf', line: 2 },
    })
    expect(others).toEqual([])
  })
})

describe('warnings about the zone blocks', () => {
  test.each([
    ['render.update-address', 'allow-update { 192.0.2.0/24; };'],
    ['render.update-address', 'allow-update { key writer; any; };'],
    ['render.update-unsigned', 'update-policy local;'],
    ['render.update-unsigned', 'update-policy { grant host@REALM krb5-self . A; };'],
    ['render.notify-off', 'notify no;'],
    ['render.server-address', 'notify-source 192.0.2.1;'],
  ])('%s: %s', (code, option) => {
    const result = rendered({
      zones: { default: `${GOOD}zone "a.example" { type primary; file "a"; ${option} };\n` },
    })
    expect(result.ok && result.value.warnings.map(warning => [warning.code, warning.place.line])).toEqual([
      [code, 2],
    ])
  })

  test('an option that a release dropped is left out there, in both roles', () => {
    const zone = 'zone "a.example" {\n\ttype primary;\n\tfile "a";\n\tdialup no;\n\tauto-dnssec off;\n};\n'
    const result = rendered({ zones: { default: zone }, release: '9.21' })
    if (!result.ok) throw new Error('renders')
    expect(result.value.warnings.map(({ code, place }) => [code, place.line])).toEqual([
      ['render.option-obsolete', 4],
      ['render.option-obsolete', 5],
    ])
    const texts = [...result.value.servers.values()].flatMap(({ files }) => files.map(file => file.content))
    expect(texts.filter(text => /dialup|auto-dnssec/.test(text))).toEqual([])
  })
})

describe('errors between bases and the fleet', () => {
  test.each<[string, DemoWishes]>([
    ['render.base-holds-zone', { bases: { ns2: GOOD.replace('good.db', 'other.db') } }],
    ['render.base-holds-zone', { bases: { ns2: 'zone standby-mode { type primary; file "s"; };' } }],
    ['render.file-shared', { bases: { ns2: 'zone other.example { type primary; file "good.db"; };' } }],
    ['render.base-views', { bases: { ns2: 'view "x" { };' } }],
    ['render.base-directory', { bases: { e1: 'options { directory "/elsewhere"; };' } }],
    ['render.key-twice', { bases: { e1: 'key "Transfer." { algorithm hmac-sha256; secret "eA=="; };' } }],
    ['render.key-twice', { shared: 'key rndc { algorithm hmac-sha256; secret "eA=="; };' }],
    ['render.base-list', { shared: 'primaries "baton-others" { 192.0.2.1; };' }],
  ])('%s: %j', (code, wishes) => {
    expect(errorsOf({ zones: { default: GOOD }, ...wishes }).map(error => error.code)).toEqual([code])
  })

  test('views that the base does not have, or has in another order', () => {
    const views = [
      { name: 'inside', key: undefined },
      { name: 'outside', key: undefined },
    ]
    const zones = { inside: GOOD, outside: '' }
    const ns1 = 'view outside { };\nview inside { };\n'
    expect(errorsOf({ zones, views, bases: { ns1 } }).map(({ code, place }) => [code, place.line])).toEqual([
      ['render.base-views', 1],
    ])
    expect(errorsOf({ zones, views })).toEqual([])
  })

  test('a zone in two sets', () => {
    const zones = GOOD
    const sets = { default: { firstActive: 'ns1', zones }, customers: { firstActive: 'ns2', zones } }
    expect(errorsOf({ sets }).map(error => error.code)).toContain('render.zone-twice')
  })
})

test('what named would not parse is reported where it stands, all of it at once', () => {
  const errors = errorsOf({ zones: { default: 'zone "a.example" { type primary file "a"; };\n}\n' } })
  expect(errors.length).toBeGreaterThan(0)
  expect(errors.every(error => error.place.file === '/srv/demo/default.zones.conf')).toBe(true)
})

test('no more than a hundred errors, however many zones have it', () => {
  const zones = Array.from({ length: 500 }, (_, index) => `zone "z${index}.example" { type primary; };\n`)
  expect(errorsOf({ zones: { default: zones.join('') } })).toHaveLength(100)
})

test('zones that could not be read, for only the active would have them', () => {
  const errors = errorsOf({ zones: { default: `${GOOD}include "more/*.conf";\n` } })
  expect(errors).toMatchObject([{ code: 'render.zones-unread', place: { line: 2 } }])
})

test('files that include each other, and files that were not read', () => {
  const demo = makeDemo({
    zones: { default: 'include "other.conf";\n' },
    bases: { ns1: 'include "/etc/bind/unread.conf";\n' },
  })
  const texts = new Map(demo.sources.texts).set('/srv/demo/other.conf', GOOD)
  const result = render(demo.fleet, { ...demo.sources, texts }, new Map())
  expect(result.ok && result.value.warnings.map(warning => warning.code)).toEqual(['render.include-kept'])
  expect(result.ok && result.value.servers.get('ns1')?.zones.map(zone => zone.name)).toEqual(['good.example'])
  texts.set('/srv/demo/other.conf', 'include "default.zones.conf";\n')
  const cycle = render(demo.fleet, { ...demo.sources, texts }, new Map())
  expect(!cycle.ok && cycle.error[0]).toMatchObject({ code: 'render.text-missing', place: { line: 1 } })
})

test('secrets are in files marked as secret, and in no diagnostic', () => {
  const result = rendered({
    zones: { default: GOOD },
    bases: { ns1: 'key own { algorithm hmac-sha256; secret "eHl6enk="; };' },
  })
  if (!result.ok) throw new Error('renders')
  for (const file of [...result.value.servers.values()].flatMap(server => server.files)) {
    const holds = /\bsecret "/.test(file.content)
    expect(file.secret).toBe(holds)
    if (holds) expect(file.mode).toBe(0o640)
  }
})

function rendered(wishes: DemoWishes) {
  const { fleet, sources } = makeDemo(wishes)
  return render(fleet, sources, new Map())
}

function errorsOf(wishes: DemoWishes): readonly Diagnostic[] {
  const result = rendered(wishes)
  return result.ok ? [] : result.error.filter(diagnostic => diagnostic.severity === 'error')
}
