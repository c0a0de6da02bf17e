import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Pushed,
  parsePushed,
  parseZoneLists,
  printPushed,
  printZoneLists,
  saysTheSame,
} from '../../../src/core/pushed/index.ts'
import { CORPUS } from '../render/corpus.ts'
import { makeDemo, renderDemo } from '../render/demo-fleet.ts'

const hex = fc.stringMatching(/^[0-9a-f]{64}$/)
const name = fc.string({ minLength: 1 }).filter(text => text !== '__proto__')
const PUSHED: fc.Arbitrary<Pushed> = fc.record({
  fleet: name,
  folder: fc.record({
    digest: hex,
    commit: fc.option(hex, { nil: undefined }),
    dirty: fc.option(fc.boolean(), { nil: undefined }),
  }),
  parent: fc.option(hex, { nil: undefined }),
  by: name,
  at: name,
  baton: name,
  fleetFile: fc.string(),
  zonesDigest: hex,
  servers: fc
    .array(fc.tuple(name, fc.array(fc.tuple(name, fc.record({ digest: hex, mode: fc.nat() })))))
    .map(servers => new Map(servers.map(([server, files]) => [server, new Map(files)]))),
})

describe('the record of a push', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(PUSHED, pushed => {
        const read = parsePushed(printPushed(pushed))
        expect(read.ok && saysTheSame(read.value, pushed)).toBe(true)
        expect(read).toMatchObject({ ok: true, value: { folder: pushed.folder, parent: pushed.parent } })
      }),
    )
  })

  it('takes any text, and says of a later version that it is one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        expect(parsePushed(text).ok).toBe(false)
        expect(parseZoneLists(text).ok).toBe(false)
      }),
    )
    fc.assert(
      fc.property(PUSHED, fc.nat(), (pushed, length) => {
        const text = printPushed(pushed)
        expect(parsePushed(text.slice(0, length % (text.length - 1))).ok).toBe(false)
      }),
    )
    expect(parsePushed('{"version":2}')).toEqual({ ok: false, error: { kind: 'newer', version: 2 } })
  })
})

describe('the zones of a push', () => {
  it.each(Object.entries(CORPUS))('read back as they were rendered: %s', (_name, make) => {
    const zones = new Map(
      [...renderDemo(make('/srv/demo')).servers].map(([server, own]) => [server, own.zones]),
    )
    expect(parseZoneLists(printZoneLists(zones))).toEqual({ ok: true, value: zones })
  })

  it('hold a list that servers share once', () => {
    const zones = 'zone "a.example" { type primary; file "a.db"; };\n'
    const { servers } = renderDemo(makeDemo({ zones: { default: zones } }))
    const text = printZoneLists(new Map([...servers].map(([server, own]) => [server, [...own.zones]])))
    expect(text.split('a.example')).toHaveLength(2)
    const read = parseZoneLists(text)
    expect(read.ok && read.value.get('ns1')).toBe(read.ok && read.value.get('e1'))
  })
})
