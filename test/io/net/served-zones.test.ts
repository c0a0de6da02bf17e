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
function serversOf(...all: readonly Serials[]): readonly ServedZones[] {
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

type Serials = Readonly<Record<string, number | undefined>>

const AHEAD: readonly (readonly [string, Serials, Serials])[] = [
  ['where one is newer', { a: 1, b: 3 }, { a: 1, b: 2 }],
  ['where one is newer that the other lists elsewhere', { a: 3, b: 1 }, { b: 1, a: 2 }],
  ['where one is newer beyond 2^32', { a: 1 }, { a: 2 ** 32 - 1 }],
]
const NOT_AHEAD: typeof AHEAD = [
  ['where all are equal', { a: 1, b: 2 }, { a: 1, b: 2 }],
  ['where one is older', { a: 1 }, { a: 2 }],
  ['where neither is newer', { a: 2 ** 31 }, { a: 0 }],
  ['where the other has the zone, and not its content', { a: 1 }, { a: undefined }],
  ['where only one has the zone', { a: 1, b: 1 }, { a: 1 }],
  ['where only the other has it', { a: 1 }, { a: 1, b: 1 }],
]

describe('the zones of a server', () => {
  it.each(AHEAD)('are ahead of those of another %s', (_, here, there) => {
    expect(isAhead(here, there)).toBe(true)
  })

  it.each(NOT_AHEAD)('are not ahead of those of another %s', (_, here, there) => {
    expect(isAhead(here, there)).toBe(false)
  })
})

function isAhead(here: Serials, there: Serials): boolean | undefined {
  const [ours, theirs] = serversOf(here, there)
  return theirs === undefined ? undefined : ours?.isAheadOf(theirs)
}
