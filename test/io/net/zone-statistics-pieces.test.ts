import { describe, expect, it } from 'vitest'
import { ZoneNames, ZoneStatisticsReader } from '../../../src/io/net/index.ts'
import { ZoneStatisticsPieces } from '../../../src/io/net/statistics/zone-statistics-pieces.ts'

const CHUNK_BYTES = 64 * 1024
const ZONES = 2_000

describe('the statistics in pieces', () => {
  it('are kept no longer than a piece', () => {
    const zones = Array.from({ length: ZONES }, (_, at) => ({
      name: `z${at}.example`,
      class: 'IN',
      serial: at,
    }))
    const document = { 'json-stats-version': '1.7', views: { _default: { zones } } }
    const bytes = Buffer.from(JSON.stringify(document, undefined, 2))
    const pieces = new ZoneStatisticsPieces()
    const reader = new ZoneStatisticsReader(new ZoneNames(), pieces)
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      reader.push(bytes.subarray(at, at + CHUNK_BYTES))
      expect(pieces.gatheredBytes).toBeLessThan(CHUNK_BYTES)
    }
    const statistics = reader.finish()
    expect(statistics.ok && statistics.value.zones.size).toBe(ZONES)
  })

  it('are given up where nothing ends', () => {
    const reader = new ZoneStatisticsReader()
    const chunk = Buffer.alloc(8 * 1024 ** 2, '{"a')
    const problems = Array.from({ length: 9 }, () => reader.push(chunk))
    expect(problems.indexOf('one of its parts is too long')).toBe(8)
  })
})
