import { describe, expect, test } from 'vitest'
import type { Serial } from '../../../src/core/base/index.ts'
import { type Difference, healOf } from '../../../src/core/verify/index.ts'

const serial = 5 as Serial
const FORK: Difference = { kind: 'content-differs', serial }
const COPY = {
  difference: FORK,
  server: 'e1',
  active: 'ns1',
  retransfer: 'rndc -p 953 retransfer a.example',
  type: 'secondary',
  doubtfulSources: [],
} as const

describe('a copy is healed', () => {
  test('by a transfer whatever its serial', () => {
    const serials = { serial, serialActive: 9 as Serial }
    for (const difference of [
      FORK,
      { kind: 'content-behind', ...serials },
      { kind: 'content-incomparable', ...serials },
    ] as const)
      expect(healOf({ ...COPY, difference })).toEqual({
        command: COPY.retransfer,
        remedy: `\`${COPY.retransfer}\`.`,
      })
  })

  test('after those it may transfer from', () => {
    expect(healOf({ ...COPY, doubtfulSources: ['ns2', 'ns3'] }).remedy).toMatch(/`, after ns2 and ns3,/)
  })

  test('only after what it alone has is saved, when it is ahead', () => {
    const difference = { kind: 'content-ahead', serial, serialActive: 4 as Serial } as const
    expect(healOf({ ...COPY, difference }).remedy).toMatch(
      /^What is marked \+ exists on e1 alone.*ns1 with nsupdate\. Then `rndc/,
    )
  })

  test('by no command where it is primary, or where nothing is known', () => {
    expect(healOf({ ...COPY, type: 'primary' }).command).toBeUndefined()
    const difference = { kind: 'content-unknown', because: 'it was silent' } as const
    expect(healOf({ ...COPY, difference }).command).toBeUndefined()
  })
})
