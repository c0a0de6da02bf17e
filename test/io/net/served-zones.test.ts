import { describe, expect, it } from 'vitest'
import type { DomainName, Serial } from '../../../src/core/base/index.ts'
import { ServedZones, ZoneNames } from '../../../src/io/net/index.ts'

const NOTHING_ELSE = {
  type: 'unknown',
  loadTime: Number.NaN,
  expires: Number.NaN,
  refresh: Number.NaN,
} as const

/** Several servers of one fleet, each by its zones and where they stand; `undefined` is not loaded. */
function serversOf(...all: readonly Readonly<Record<string, number | undefined>>[]): readonly ServedZones[] {
  const names = new ZoneNames()
  return all.map(zones => {
    const served = new ServedZones(names)
    for (const [name, serial] of Object.entries(zones)) {
      const row = names.rowOf(name as DomainName, '_default', 0) ?? Number.NaN
      served.put(row, { ...NOTHING_ELSE, serial: serial as Serial | undefined })
    }
    return served
  })
}

describe('the zones of a server are ahead of those of another', () => {
  it.each<[string, Record<string, number | undefined>, Record<string, number | undefined>, boolean]>([
    ['where one is newer', { a: 1, b: 3 }, { a: 1, b: 2 }, true],
    ['where one is newer that the other lists elsewhere', { a: 3, b: 1 }, { b: 1, a: 2 }, true],
    ['where one is newer beyond 2^32', { a: 1 }, { a: 2 ** 32 - 1 }, true],
    ['not where all are equal', { a: 1, b: 2 }, { a: 1, b: 2 }, false],
    ['not where one is older', { a: 1 }, { a: 2 }, false],
    ['not where neither is newer', { a: 2 ** 31 }, { a: 0 }, false],
    ['not where the other has the zone, and not its content', { a: 1 }, { a: undefined }, false],
    ['not where only one has the zone', { a: 1, b: 1 }, { a: 1 }, false],
    ['not where only the other has it', { a: 1 }, { a: 1, b: 1 }, false],
  ])('%s', (_, here, there, expected) => {
    const [ours, theirs] = serversOf(here, there)
    expect(theirs !== undefined && ours?.isAheadOf(theirs)).toBe(expected)
  })
})
