import { describe, expect, it } from 'vitest'
import { readApplied, sharedTerms } from '../../tools/proof/applied-by-term.ts'
import { type Cast, drawRound, drawSeeds, ENDS, RETURNS } from '../../tools/proof/draw-round.ts'

const CAST: Cast = { standby: 'ns2', secondaries: ['e1', 'w1'], ends: ENDS }

describe('the rounds of the failover proof', () => {
  it('are the same for the same seed, and each can be drawn alone', () => {
    const seeds = drawSeeds(7, 20)
    expect(drawSeeds(7, 20)).toEqual(seeds)
    expect(new Set(seeds).size).toBe(20)
    expect(seeds.map(seed => drawRound(seed, CAST))).toEqual(seeds.map(seed => drawRound(seed, CAST)))
  })

  it('try every end with every return, both kinds of serials, and servers that lag or are down', () => {
    const rounds = drawSeeds(1, 200).map(seed => drawRound(seed, CAST))
    const pairs = new Set(rounds.map(({ end, comesBack }) => `${end} ${comesBack}`))
    expect(pairs.size).toBe(ENDS.length * RETURNS.length)
    expect(new Set(rounds.map(({ serials }) => serials)).size).toBe(2)
    expect(new Set(rounds.map(({ down }) => down.length))).toEqual(new Set([0, 1, 2]))
    expect(rounds.some(({ lags }) => lags.has('ns2') && !lags.has('e1'))).toBe(true)
    expect(rounds.every(({ lags, writingMs }) => [...lags.values()].every(lagMs => lagMs <= writingMs))).toBe(
      true,
    )
  })

  it('do without what a machine cannot do, and differ in nothing else', () => {
    const seeds = drawSeeds(1, 50)
    const ends = ['killed', 'stopped'] as const
    for (const seed of seeds) {
      const [full, less] = [drawRound(seed, CAST), drawRound(seed, { ...CAST, ends })]
      expect(ends).toContain(less.end)
      const isPossible = ends.some(end => end === full.end)
      expect({ ...less, end: full.end }).toEqual(full)
      if (isPossible) expect(less).toEqual(full)
    }
  })
})

describe('the term of an update', () => {
  const LOADING = "general: info: loading configuration from '/etc/bind/named.conf'"
  const marker = (term: number) => `zoneload: info: zone standby-mode/IN: loaded serial ${term}`
  const update = (value: string) =>
    `2026-01-02T03:04:05.678Z update: info: client @0x1 127.0.0.1#5/key writer: updating zone 'z.example/IN': adding an RR at 'w-${value}.z.example' TXT "${value}"`
  const termsOf = (log: readonly string[]) => readApplied('ns1', log).map(({ value, term }) => [value, term])

  it('is that of the marker that was loaded', () => {
    expect(termsOf([marker(1), update('a'), marker(2), update('b')])).toEqual([
      ['a', 1],
      ['b', 2],
    ])
  })

  it('is the one that a configuration brings, from its first line on', () => {
    const log = [marker(1), update('a'), LOADING, update('b'), marker(2), update('c')]
    expect(termsOf(log)).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 2],
    ])
  })

  it('stays where a configuration does not touch the marker', () => {
    const log = [marker(1), LOADING, update('a'), LOADING, update('b'), marker(2)]
    expect(termsOf(log)).toEqual([
      ['a', 1],
      ['b', 2],
    ])
  })

  it('is one server’s alone', () => {
    const at = (server: string, term: number) => ({ server, term, value: 'a', at: 'then' })
    expect(sharedTerms([at('ns1', 1), at('ns2', 2), at('ns2', 2)])).toEqual([])
    expect(sharedTerms([at('ns1', 2), at('ns2', 2)])).toEqual([
      'in term 2 updates were applied by ns1 ×1, first then, last then, and by ns2 ×1, first then, last then',
    ])
  })
})
