import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ZoneStatisticsReader } from '../../../src/io/net/index.ts'

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

function read(pieces: readonly Buffer[]) {
  const reader = new ZoneStatisticsReader()
  for (const piece of pieces) reader.push(piece)
  return reader.finish()
}

function piecesOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const sorted = [...cuts].sort((a, b) => a - b)
  return [...sorted, bytes.length].map((cut, piece) => bytes.subarray(sorted[piece - 1] ?? 0, cut))
}
