import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invariant, ok, parseDomainName } from '../../../src/core/base/index.ts'
import { ZoneNames, ZoneStatisticsReader } from '../../../src/io/net/index.ts'
import { ZoneStatisticsPieces } from '../../../src/io/net/statistics/zone-statistics-pieces.ts'

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
        const [compact, asNamed] = [compactly(zones), likeNamed(zones)]
        const expected = new Map(zones.map(({ name, serial }) => [name.toLowerCase(), serial]))
        const statistics = read([compact])
        expect(statistics.ok && serialsOf(statistics.value.zones)).toEqual(expected)
        expect(read([asNamed])).toEqual(statistics)
      }),
    )
  })

  it('names zones once for several servers that answer at the same time, and mixes nothing up', () => {
    const cuts = fc.array(fc.nat(10_000), { maxLength: 8 })
    const answer = fc.tuple(fc.array(zoneArbitrary), cuts)
    fc.assert(
      fc.property(answer, answer, ([zones, cutsOwn], [zonesOther, cutsOther]) => {
        const names = new ZoneNames()
        const [reader, other] = [readerOf(names), readerOf(names)]
        const [bytes, bytesOther] = [likeNamed(zones), likeNamed(zonesOther)]
        const pieces = piecesOf(bytes, cutsOwn)
        const piecesOther = piecesOf(bytesOther, cutsOther)
        for (let at = 0; at < Math.max(pieces.length, piecesOther.length); at++) {
          reader.push(pieces[at] ?? Buffer.alloc(0))
          other.push(piecesOther[at] ?? Buffer.alloc(0))
        }
        expect(finish(reader)).toEqual(read([bytes]))
        expect(finish(other)).toEqual(read([bytesOther]))
        expect(names.count).toBe(
          new Set([...zones, ...zonesOther].map(({ name }) => name.toLowerCase())).size,
        )
      }),
    )
  })

  it('reads what JSON.parse reads of the whole, whatever stands in names and however it is cut', () => {
    fc.assert(
      fc.property(viewsArbitrary, cutsArbitrary, fc.boolean(), (views, cuts, likeJson) => {
        const document = { 'json-stats-version': '1.7', views, more: 'at the end' }
        const bytes = likeJson ? Buffer.from(JSON.stringify(document)) : printAsNamed(document)
        const statistics = read(piecesOf(bytes, cuts))
        expect(statistics.ok && serialsOf(statistics.value.zones)).toEqual(serialsParsed(bytes))
      }),
    )
  })

  it('takes no list within a list of zones for zones, however it is cut', () => {
    const zone = { name: 'a.example', class: 'IN', serial: 1, type: 'primary' }
    const views = { a: { zones: [zone] }, b: [[zone]], c: [{ x: zone }], 7: { others: [zone, zone] } }
    const bytes = printAsNamed({ 'json-stats-version': '1.7', views, more: { views } })
    const whole = read([bytes])
    expect(whole.ok && [...whole.value.zones.keys()]).toEqual(['a.example/a'])
    for (let cut = 1; cut < bytes.length; cut++) expect(read(piecesOf(bytes, [cut]))).toEqual(whole)
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
    ['', 'it ends too early'],
    ['{"a":"}', 'it ends too early'],
    ['<html>{</html>', 'it is no JSON'],
    ['["json-stats-version"]', "it is not named's statistics"],
    ['{"json-stats-version":"1.8","views":1}', "it is not named's statistics"],
    ['{"json-stats-version":"2.0","views":{}}', 'its version is unknown'],
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

const primaryArbitrary = fc.record({
  name: fc.constantFrom('a.example', 'B.example', 'z'.repeat(60), `${'long.'.repeat(49)}example`),
  class: fc.constant('IN'),
  serial: fc.nat(0xffff_ffff),
  type: fc.constantFrom('primary', 'mirror'),
  loaded: timestampArbitrary(),
})

const secondaryArbitrary = fc
  .tuple(primaryArbitrary, timestampArbitrary(), timestampArbitrary())
  .map(([zone, expires, refresh]) => ({ ...zone, type: 'secondary', expires, refresh }))

const zoneArbitrary = fc.oneof(primaryArbitrary, secondaryArbitrary)

/** As named prints names: quotes, backslashes and brackets among them, which are no JSON. */
const oddNameArbitrary = fc
  .array(fc.constantFrom('a', '{', '}', '[', ']', ',', ':', '\\"', '\\\\', '\\.', '\\010', '\\255'), {
    minLength: 1,
    maxLength: 12,
  })
  .map(parts => `${parts.join('')}.example`)

const zonesArbitrary = fc.uniqueArray(
  fc.record(
    {
      name: oddNameArbitrary,
      class: fc.constant('IN'),
      serial: fc.nat(0xffff_ffff),
      'dnssec-sign': fc.dictionary(fc.string(), fc.nat()),
    },
    { requiredKeys: ['name', 'class'] },
  ),
  { selector: ({ name }) => name, maxLength: 6 },
)

const viewsArbitrary = fc.dictionary(
  fc.oneof(fc.string(), fc.constantFrom('_default', '7', '{"zones":[{', 'a "view"')),
  fc.record({ zones: zonesArbitrary, others: fc.jsonValue() }, { requiredKeys: ['zones'] }),
)

const cutsArbitrary = fc.array(fc.nat(2_000), { maxLength: 20 })

type Views = Readonly<Record<string, { readonly zones: Zones }>>
type Zones = readonly { readonly name: string; readonly serial?: number | undefined }[]

function documentOf(zones: Zones) {
  return { 'json-stats-version': '1.7', views: { _default: { zones } } }
}

function compactly(zones: Zones): Buffer {
  return Buffer.from(JSON.stringify(documentOf(zones)))
}

function likeNamed(zones: Zones): Buffer {
  return printAsNamed(documentOf(zones))
}

function printAsNamed(document: unknown): Buffer {
  return Buffer.from(JSON.stringify(document, undefined, 2).replaceAll(/^( *"(?:[^"\\]|\\.)*":) /gm, '$1'))
}

/** The same from the whole: every zone of class IN. */
function serialsParsed(bytes: Buffer): Map<string, number | undefined> {
  const { views } = JSON.parse(bytes.toString()) as { readonly views: Views }
  return new Map(
    Object.entries(views).flatMap(([view, { zones }]) =>
      zones.map(({ name, serial }) => {
        const parsed = parseDomainName(name)
        invariant(parsed.ok, 'the name is proper')
        return [view === '_default' ? parsed.value : `${parsed.value}/${view}`, serial] as const
      }),
    ),
  )
}

function timestampArbitrary() {
  const [min, max] = [new Date('1970-01-01T00:00:00Z'), new Date('2100-01-01T00:00:00Z')]
  return fc.date({ min, max, noInvalidDate: true }).map(date => `${date.toISOString().slice(0, 19)}Z`)
}

function serialsOf(zones: ReadonlyMap<string, { readonly serial: number | undefined }>) {
  return new Map([...zones].map(([id, { serial }]) => [id, serial]))
}

/** Cuts wherever it can, so that short answers are cut too. */
function readerOf(names?: ZoneNames): ZoneStatisticsReader {
  return new ZoneStatisticsReader(names, new ZoneStatisticsPieces(1))
}

function read(pieces: readonly Buffer[]) {
  const reader = readerOf()
  for (const piece of pieces) reader.push(piece)
  return finish(reader)
}

function finish(reader: ZoneStatisticsReader) {
  const statistics = reader.finish()
  return statistics.ok ? ok({ ...statistics.value, zones: new Map(statistics.value.zones) }) : statistics
}

function piecesOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const sorted = [...cuts].sort((a, b) => a - b)
  return [...sorted, bytes.length].map((cut, piece) => bytes.subarray(sorted[piece - 1] ?? 0, cut))
}
