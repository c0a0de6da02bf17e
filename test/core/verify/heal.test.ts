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
  extra: 'none',
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

  test('only after what the active has not is saved, whichever of the two is the one that lost it', () => {
    const serials = { serial, serialActive: 4 as Serial }
    const ahead: Difference = { kind: 'content-ahead', ...serials }
    const incomparable: Difference = { kind: 'content-incomparable', ...serials }
    const marked = /^What is marked \+ is not on ns1.*to ns1 with nsupdate\. Then `rndc/
    for (const difference of [FORK, ahead, incomparable])
      expect(healOf({ ...COPY, difference, extra: 'some' }).remedy).toMatch(marked)
  })

  test('only after a look at its records where nobody compared them', () => {
    const ahead = { kind: 'content-ahead', serial, serialActive: 4 as Serial } as const
    for (const difference of [FORK, ahead])
      expect(healOf({ ...COPY, difference, extra: 'unknown' }).remedy).toMatch(
        /^What it has and ns1 has not, a transfer throws away: compare with `dig axfr`.* Then `rndc/,
      )
  })

  test('at once where it is behind: what it alone has, the active has removed', () => {
    const difference = { kind: 'content-behind', serial, serialActive: 9 as Serial } as const
    expect(healOf({ ...COPY, difference, extra: 'some' }).remedy).toBe(`\`${COPY.retransfer}\`.`)
  })

  test('by no command where it is primary, or where nothing is known', () => {
    expect(healOf({ ...COPY, type: 'primary' }).command).toBeUndefined()
    const difference = { kind: 'content-unknown', because: 'it was silent' } as const
    expect(healOf({ ...COPY, difference }).command).toBeUndefined()
  })
})
