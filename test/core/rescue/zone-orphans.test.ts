import { describe, expect, it } from 'vitest'
import type { DomainName, Serial } from '../../../src/core/base/index.ts'
import { RECORD_TYPES } from '../../../src/core/dns/index.ts'
import { findZoneOrphans, type ZoneEvidence } from '../../../src/core/rescue/index.ts'
import type { JournalChange } from '../../../src/core/zonefile/index.ts'

const ZONE = 'z.example' as DomainName

function change(from: number, to: number, type: number = RECORD_TYPES.A): JournalChange {
  const added = [{ owner: ZONE, type, class: 1, ttl: 60, rdata: Uint8Array.of(192, 0, 2, 1) }]
  return { zone: ZONE, from: from as Serial, to: to as Serial, deleted: [], added }
}

function find(evidence: Partial<ZoneEvidence> & { readonly changes?: readonly JournalChange[] }) {
  const { changes = [], ...other } = evidence
  const found = findZoneOrphans({
    zone: ZONE,
    id: ZONE,
    fork: { kind: 'recorded', serial: 5 as Serial },
    journal: { kind: 'read', changes, complete: true },
    file: { kind: 'absent' },
    active: [],
    signing: false,
    ...other,
  })
  return {
    spans: found.orphans.map(({ from, to }) => `${from}-${to}`),
    beyond: found.beyond,
    codes: found.troubles.map(({ code }) => code),
  }
}

const NOTHING = { spans: [], beyond: undefined, codes: [] }

describe('the orphans of a zone', () => {
  it('are what its journal has after the fork', () => {
    expect(find({ changes: [change(3, 4), change(4, 5), change(5, 6), change(6, 7)] })).toEqual({
      ...NOTHING,
      spans: ['5-6', '6-7'],
    })
    expect(find({ changes: [change(3, 4), change(4, 5)] })).toEqual(NOTHING)
  })

  it("are no changes that stand in the active's journal just so", () => {
    const changes = [change(5, 6), change(6, 7), change(7, 8)]
    const other = change(7, 8, RECORD_TYPES.TXT)
    expect(find({ changes, active: [change(6, 7), other] }).spans).toEqual(['5-6', '7-8'])
  })

  it('are told after a fork at the end of the number range', () => {
    const fork = { kind: 'recorded', serial: 4294967295 as Serial } as const
    const changes = [change(4294967294, 4294967295), change(4294967295, 0), change(0, 1)]
    expect(find({ fork, changes }).spans).toEqual(['4294967295-0', '0-1'])
  })

  it('leave out what named makes by itself', () => {
    const types = [RECORD_TYPES.RRSIG, RECORD_TYPES.NSEC, RECORD_TYPES.NSEC3, 65_534]
    expect(find({ changes: types.map((type, index) => change(5 + index, 6 + index, type)) })).toEqual(NOTHING)
    const keys = [change(5, 6, RECORD_TYPES.DNSKEY)]
    expect(find({ changes: keys, signing: true })).toEqual(NOTHING)
    expect(find({ changes: keys }).spans).toEqual(['5-6'])
  })

  it('are looked for in file and journal together where the oldest are in no journal', () => {
    expect(find({ changes: [change(8, 9)] })).toEqual({
      ...NOTHING,
      spans: ['8-9'],
      beyond: { from: 5, to: 8, shownBy: 'file-and-journal' },
      codes: ['rescue.fork-not-in-journal'],
    })
  })

  it('are looked for in the file where no journal tells them', () => {
    const journal = { kind: 'absent' } as const
    const at = (serial: number) => ({ kind: 'serial', serial: serial as Serial }) as const
    expect(find({ journal, file: at(5) })).toEqual(NOTHING)
    expect(find({ journal, file: at(4) })).toEqual(NOTHING)
    expect(find({ journal, file: at(9) }).beyond).toEqual({ from: 5, to: 9, shownBy: 'file' })
    const file = { kind: 'unreadable', because: 'it is torn' } as const
    expect(find({ journal, file }).beyond).toEqual({ from: 5, to: undefined, shownBy: 'file' })
  })

  it('are not told from others where the fork is unknown', () => {
    const fork = { kind: 'unknown', because: 'of this test' } as const
    expect(find({ fork, changes: [change(5, 6)] })).toEqual({
      spans: [],
      beyond: { from: undefined, to: 6, shownBy: 'file-and-journal' },
      codes: ['rescue.fork-unknown'],
    })
    expect(find({ fork, journal: { kind: 'absent' } })).toEqual(NOTHING)
  })

  it('are none of another zone', () => {
    const foreign = { ...change(5, 6), zone: 'other.example' as DomainName }
    expect(find({ changes: [foreign] })).toEqual({ ...NOTHING, codes: ['rescue.journal-foreign'] })
  })
})
