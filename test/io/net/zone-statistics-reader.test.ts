import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ok } from '../../../src/core/base/index.ts'
import { ZoneNames, ZoneStatisticsReader } from '../../../src/io/net/index.ts'

const recorded = readFileSync(new URL('../../corpus/statistics/zones-9.18.49.json', import.meta.url))

describe('the reader of zone statistics', () => {
  it('reads alike, wherever the answer is cut into pieces', () => {
    const whole = read([recorded])
    expect(whole.ok).toBe(true)
    fc.assert(
      fc.property(fc.array(fc.nat(recorded.length), { maxLength: 8 }), cuts => {
        expect(read(piecesOf(recorded, cuts))).toEqual(whole)
      }),
    )
  })

  it('reads alike, however the answer is laid out', () => {
    const compact = JSON.stringify(JSON.parse(recorded.toString()))
    expect(read([Buffer.from(compact)])).toEqual(read([recorded]))
    fc.assert(
      fc.property(fc.array(zoneArbitrary), zones => {
        const document = { 'json-stats-version': '1.7', views: { _default: { zones } } }
        const asNamed = Buffer.from(JSON.stringify(document, undefined, 2).replaceAll('": ', '":'))
        const expected = new Map(zones.map(({ name, serial }) => [name, serial]))
        for (const statistics of [read([Buffer.from(JSON.stringify(document))]), read([asNamed])])
          expect(statistics.ok && serialsOf(statistics.value.zones)).toEqual(expected)
        expect(read([asNamed])).toEqual(read([Buffer.from(JSON.stringify(document))]))
      }),
    )
  })

  it('names zones once for several servers, and mixes nothing up', () => {
    fc.assert(
      fc.property(fc.array(fc.array(zoneArbitrary)), servers => {
        const names = new ZoneNames()
        for (const zones of servers) {
          const document = { 'json-stats-version': '1.7', views: { _default: { zones } } }
          const bytes = Buffer.from(JSON.stringify(document))
          expect(read([bytes], names)).toEqual(read([bytes]))
        }
      }),
    )
  })

  it('takes any JSON around the zones, in any order', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (others, more) => {
        const zone = { more, type: 'primary', serial: 7, name: 'EXAMPLE.com', class: 'IN', others }
        const views = { 'a view': { others, zones: [zone], more } }
        const document = { ...others, views, more, 'json-stats-version': '1.8' }
        const statistics = read([Buffer.from(JSON.stringify(document))])
        expect(statistics.ok && statistics.value.zones.get('example.com/a view')?.serial).toBe(7)
      }),
    )
  })

  it('knows its names and texts when they are escaped', () => {
    const zone = '{"n\\u0061me":"ex\\u0061mple","cl\\u0061ss":"\\u0049N","seri\\u0061l":1}'
    const document = `{"json-stats-version":"1.8","views":{"_default":{"zones":[${zone}]}}}`
    const statistics = read([Buffer.from(document)])
    expect(statistics.ok && [...statistics.value.zones.keys()]).toEqual(['example'])
  })

  it.each([
    ['{"json-stats-version":"1.8","views":{}', 'it ends too early'],
    ['{"json-stats-version":"1.8","views":{}}}', 'it is no JSON'],
    ['{"json-stats-version":"1.8" "views":{}}', 'it is no JSON'],
    ['{"json-stats-version":1.08.}', 'it is no JSON'],
    [
      '{"json-stats-version":"1.8","views":{"a":{"zones":[{"class":"IN"}]}}}',
      'it has a zone without a proper name',
    ],
    [
      '{"json-stats-version":"1.8","views":{"a":{"zones":[{"class":"IN","name":"a","serial":4294967296}]}}}',
      'it has a serial that is no number of 32 bits',
    ],
    ['['.repeat(65), 'it is nested too deeply'],
  ])('refuses %s', (text, problem) => {
    expect(read([Buffer.from(text)])).toEqual({ ok: false, error: problem })
  })

  it('neither throws nor hangs, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 100 })),
        chunks => void read(chunks.map(chunk => Buffer.from(chunk))),
      ),
    )
  })
})

const zoneArbitrary = fc.record({
  name: fc.constantFrom('a.example', 'b.example', 'z'.repeat(60), `${'long.'.repeat(49)}example`),
  class: fc.constant('IN'),
  serial: fc.nat(0xffff_ffff),
  type: fc.constantFrom('primary', 'secondary', 'mirror'),
  loaded: timestampArbitrary(),
  expires: timestampArbitrary(),
  refresh: timestampArbitrary(),
})

function timestampArbitrary() {
  const [min, max] = [new Date('1970-01-01T00:00:00Z'), new Date('2100-01-01T00:00:00Z')]
  return fc.date({ min, max, noInvalidDate: true }).map(date => `${date.toISOString().slice(0, 19)}Z`)
}

function serialsOf(zones: ReadonlyMap<string, { readonly serial: number | undefined }>) {
  return new Map([...zones].map(([id, { serial }]) => [id, serial]))
}

function read(pieces: readonly Buffer[], names?: ZoneNames) {
  const reader = new ZoneStatisticsReader(names)
  for (const piece of pieces) reader.push(piece)
  const statistics = reader.finish()
  return statistics.ok ? ok({ ...statistics.value, zones: new Map(statistics.value.zones) }) : statistics
}

function piecesOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const sorted = [...cuts].sort((a, b) => a - b)
  return [...sorted, bytes.length].map((cut, piece) => bytes.subarray(sorted[piece - 1] ?? 0, cut))
}
