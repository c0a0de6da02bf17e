import { describe, expect, it } from 'vitest'
import type { DomainName, Serial } from '../../../src/core/base/index.ts'
import {
  type BothPaths,
  chooseForkNote,
  type ForkRecord,
  isForkNoteBelievable,
  matchFork,
} from '../../../src/core/rescue/index.ts'
import type { JournalChange } from '../../../src/core/zonefile/index.ts'

const ZONE = 'z.example' as DomainName

function change(from: number, to: number, last = to): JournalChange {
  const added = [{ owner: ZONE, type: 1, class: 1, ttl: 60, rdata: Uint8Array.of(192, 0, 2, last & 255) }]
  return { zone: ZONE, from: from as Serial, to: to as Serial, deleted: [], added }
}

function match(paths: Partial<BothPaths>) {
  return matchFork({ saved: [], savedSerial: undefined, active: [], activeSerial: undefined, ...paths })
}

describe('a fork that nobody wrote down', () => {
  it('is where the journals begin to differ', () => {
    const saved = [change(1, 2), change(2, 3), change(3, 4, 77)]
    const active = [change(1, 2), change(2, 3), change(3, 4, 88)]
    expect(match({ saved, active })).toEqual({ kind: 'matched', serial: 3, by: 'changes' })
  })

  it('is where the shorter journal ends', () => {
    const saved = [change(1, 2), change(2, 3)]
    expect(match({ saved, active: [change(1, 2)] })).toEqual({ kind: 'matched', serial: 2, by: 'changes' })
    expect(match({ saved: [change(1, 2)], active: saved })).toEqual({
      kind: 'matched',
      serial: 2,
      by: 'changes',
    })
  })

  it('is known by its serial alone where the active had the zone whole before', () => {
    const saved = [change(1, 2), change(2, 3), change(3, 4)]
    const active = [change(3, 1_000_003)]
    expect(match({ saved, active })).toEqual({ kind: 'matched', serial: 3, by: 'serial' })
    expect(match({ saved, active: [change(4, 5)] })).toEqual({ kind: 'matched', serial: 4, by: 'serial' })
    expect(match({ saved, activeSerial: 4 as Serial })).toEqual({ kind: 'matched', serial: 4, by: 'serial' })
  })

  it("is where the active's journal ends and the saved one begins", () => {
    const fork = { kind: 'matched', serial: 4, by: 'serial' }
    expect(match({ saved: [change(4, 5)], active: [change(1, 4)] })).toEqual(fork)
    expect(match({ saved: [change(4, 5), change(5, 6)], activeSerial: 4 as Serial })).toEqual(fork)
    expect(match({ saved: [change(3, 4, 77), change(4, 5)], active: [change(1, 4)] })).toEqual(fork)
  })

  it('is at the serial of a file that has no journal', () => {
    const savedSerial = 7 as Serial
    expect(match({ savedSerial, activeSerial: savedSerial })).toMatchObject({ kind: 'matched', serial: 7 })
    expect(match({ savedSerial, active: [change(7, 8)] })).toMatchObject({ kind: 'matched', serial: 7 })
  })

  it('is unknown where they went through no serial in common', () => {
    expect(match({ saved: [change(1, 2)], active: [change(8, 9)] })).toMatchObject({ kind: 'unknown' })
    expect(match({})).toMatchObject({ kind: 'unknown' })
  })

  it('is found across the end of the number range', () => {
    const saved = [change(4294967295, 0), change(0, 1)]
    expect(match({ saved, active: [change(4294967295, 0)] })).toMatchObject({ serial: 0 })
  })
})

describe('the record of a fork', () => {
  const record = (term: number, from: string, set = 'default'): ForkRecord => ({
    fleet: 'lab',
    set,
    term,
    from,
    to: 'other',
    recorded: '',
    zones: [],
  })
  const records = [record(9, 'ns1'), record(3, 'ns1'), record(2, 'ns2'), record(3, 'ns1', 'inside')]

  it('is that of the first promotion away from the server in its term or later', () => {
    const of = (term: number | undefined) => {
      const note = chooseForkNote(records, { server: 'ns1', set: 'default', term })
      return note === undefined ? undefined : [note.record.term, note.term]
    }
    expect(of(2)).toEqual([3, 'later'])
    expect(of(3)).toEqual([3, 'same'])
    expect(of(4)).toEqual([9, 'later'])
    expect(of(10)).toBeUndefined()
    expect(of(undefined)).toEqual([9, 'same'])
  })

  it('is believed where the servers parted there, and not where they shared updates after it', () => {
    const saved = [change(1, 2), change(2, 3), change(3, 4)]
    const active = [change(1, 2), change(2, 1_000_002)]
    const after = { serial: 2 as Serial, saved, savedSerial: undefined, active }
    expect(isForkNoteBelievable('later', after)).toBe(true)
    expect(isForkNoteBelievable('later', { ...after, active: [change(1, 2), change(2, 3)] })).toBe(false)
  })

  it('is believed although one update was sent to both servers, and stands at the same serial by chance', () => {
    const saved = [change(12, 13), change(13, 14, 77), change(14, 15)]
    const active = [change(11, 12), change(12, 13, 88), change(13, 14, 99), change(14, 15)]
    const after = { serial: 1 as Serial, saved, savedSerial: undefined, active }
    expect(isForkNoteBelievable('later', after)).toBe(true)
    const passedOn = { ...after, active: [change(13, 14, 77), change(14, 15, 88)] }
    expect(isForkNoteBelievable('later', passedOn)).toBe(false)
  })

  it('that began the term of the server tells only that nothing was saved from after it', () => {
    const after = { serial: 2 as Serial, saved: [change(1, 2)], savedSerial: undefined, active: [] }
    expect(isForkNoteBelievable('same', after)).toBe(true)
    expect(isForkNoteBelievable('same', { ...after, saved: [change(2, 3)] })).toBe(false)
    expect(isForkNoteBelievable('same', { ...after, savedSerial: 3 as Serial })).toBe(false)
  })
})
