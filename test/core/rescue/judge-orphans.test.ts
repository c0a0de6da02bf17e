import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DomainName, Serial } from '../../../src/core/base/index.ts'
import { RECORD_TYPES } from '../../../src/core/dns/index.ts'
import {
  type JudgedOrphan,
  judgeOrphans,
  type Orphan,
  orphanId,
  orphanUpdate,
  RecordSets,
} from '../../../src/core/rescue/index.ts'
import type { WireRecord } from '../../../src/core/zonefile/index.ts'

const ZONE = 'z.example' as DomainName
const NONE: ReadonlySet<string> = new Set()

function address(label: string, last: number, ttl = 60): WireRecord {
  const owner = `${label}.${ZONE}` as DomainName
  return { owner, type: RECORD_TYPES.A, class: 1, ttl, rdata: Uint8Array.of(192, 0, 2, last) }
}

function alias(label: string): WireRecord {
  const owner = `${label}.${ZONE}` as DomainName
  return { owner, type: RECORD_TYPES.CNAME, class: 1, ttl: 60, rdata: Uint8Array.of(1, 120, 0) }
}

function orphans(...changes: { deleted?: WireRecord[]; added?: WireRecord[] }[]): readonly Orphan[] {
  return changes.map(({ deleted = [], added = [] }, index) => ({
    from: (index + 1) as Serial,
    to: (index + 2) as Serial,
    source: 'journal',
    deleted,
    added,
  }))
}

type Case = {
  readonly orphans: readonly Orphan[]
  readonly now: readonly WireRecord[]
  readonly atFork: readonly WireRecord[] | undefined
  readonly replayed?: ReadonlySet<string>
}

function judge({ orphans: list, now, atFork, replayed = NONE }: Case): readonly JudgedOrphan[] {
  return judgeOrphans({
    orphans: list,
    now: new RecordSets(now),
    atFork: atFork === undefined ? undefined : new RecordSets(atFork),
    replayed,
  })
}

function verdicts(question: Case): readonly string[] {
  return judge(question).map(({ verdict }) => verdict)
}

describe('an orphan', () => {
  const add = orphans({ added: [address('a', 1)] })

  it('applies where nothing was written since', () => {
    expect(verdicts({ orphans: add, now: [], atFork: [] })).toEqual(['applies'])
  })

  it('is there already when somebody else has sent the same', () => {
    expect(verdicts({ orphans: add, now: [address('a', 1)], atFork: [] })).toEqual(['already-there'])
    const both = [address('a', 1), address('a', 2)]
    expect(verdicts({ orphans: add, now: both, atFork: [] })).toEqual(['already-there'])
  })

  it('is in conflict with what was written to its set since', () => {
    expect(verdicts({ orphans: add, now: [address('a', 2)], atFork: [] })).toEqual(['conflict'])
    expect(verdicts({ orphans: add, now: [address('a', 1, 300)], atFork: [] })).toEqual(['conflict'])
  })

  it('has nothing to do with other sets', () => {
    expect(verdicts({ orphans: add, now: [address('b', 2)], atFork: [] })).toEqual(['applies'])
  })

  it('is not known where the fork is not, unless what it wants is there', () => {
    expect(verdicts({ orphans: add, now: [], atFork: undefined })).toEqual(['unknown'])
    expect(verdicts({ orphans: add, now: [address('a', 1)], atFork: undefined })).toEqual(['already-there'])
  })

  it('is left where named would pass it over: beside an alias', () => {
    expect(verdicts({ orphans: add, now: [alias('a')], atFork: [] })).toEqual(['conflict'])
    const makesRoom = orphans({ deleted: [alias('a')], added: [address('a', 1)] })
    expect(verdicts({ orphans: makesRoom, now: [alias('a')], atFork: [alias('a')] })).toEqual(['applies'])
    const becomesAlias = orphans({ added: [alias('a')] })
    expect(verdicts({ orphans: becomesAlias, now: [address('a', 1)], atFork: [] })).toEqual(['conflict'])
  })

  it('takes those along that build upon it', () => {
    const chain = orphans({ added: [address('a', 1)] }, { added: [address('a', 2)] })
    expect(verdicts({ orphans: chain, now: [address('a', 9)], atFork: [] })).toEqual(['conflict', 'conflict'])
  })

  it('that was replayed stays so, whatever became of it', () => {
    const replayed = new Set(add.map(orphanId))
    expect(verdicts({ orphans: add, now: [address('a', 9)], atFork: [], replayed })).toEqual([
      'already-there',
    ])
  })

  it('is the whole update: one set in conflict keeps the others', () => {
    const two = orphans({ added: [address('a', 1), address('b', 1)] })
    expect(judge({ orphans: two, now: [address('a', 9)], atFork: [] })).toMatchObject([
      { verdict: 'conflict', sets: [], obstacles: [{ owner: 'a.z.example' }] },
    ])
  })
})

describe('the update of an orphan', () => {
  it('names every set that it touches as it is now', () => {
    const [judged] = judge({
      orphans: orphans({ deleted: [address('a', 1)], added: [address('b', 2)] }),
      now: [address('a', 1), address('a', 3)],
      atFork: [address('a', 1), address('a', 3)],
    })
    const { prerequisites, changes } = orphanUpdate(ZONE, judged?.sets ?? [])
    expect(prerequisites).toMatchObject([
      { kind: 'set-equals', name: 'a.z.example' },
      { kind: 'set-equals', name: 'a.z.example' },
      { kind: 'set-absent', name: 'b.z.example', type: RECORD_TYPES.A },
      { kind: 'set-absent', name: 'b.z.example', type: RECORD_TYPES.CNAME },
    ])
    expect(changes.map(({ kind }) => kind)).toEqual(['delete-record', 'add'])
  })

  it('changes a TTL without taking the record away', () => {
    const [judged] = judge({
      orphans: orphans({ deleted: [address('a', 1)], added: [address('a', 1, 300)] }),
      now: [address('a', 1)],
      atFork: [address('a', 1)],
    })
    expect(orphanUpdate(ZONE, judged?.sets ?? []).changes).toMatchObject([{ kind: 'add', ttl: 300 }])
  })

  it('brings new name servers of the apex before it takes the old ones', () => {
    const server = (last: number) => ({ ...address('x', last), owner: ZONE, type: RECORD_TYPES.NS })
    const [judged] = judge({
      orphans: orphans({ deleted: [server(1)], added: [server(2)] }),
      now: [server(1)],
      atFork: [server(1)],
    })
    expect(orphanUpdate(ZONE, judged?.sets ?? []).changes.map(({ kind }) => kind)).toEqual([
      'add',
      'delete-record',
    ])
  })
})

describe('orphans that are replayed up to anywhere', () => {
  const record = fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 3 }))
  const step = fc.array(record, { minLength: 1, maxLength: 3 })

  /** What a primary would have journaled for toggling records, and the content after each update. */
  function history(start: readonly [string, number][], steps: readonly (readonly [string, number])[][]) {
    const content = new RecordSets(start.map(([label, last]) => address(label, last)))
    const contents = [content.records()]
    const changes = steps.map(toggled => {
      const touched = new Map(toggled.map(([label, last]) => [`${label}${last}`, address(label, last)]))
      const held = new Set(content.records().map(({ owner, rdata }) => `${owner} ${rdata}`))
      const isHeld = ({ owner, rdata }: WireRecord) => held.has(`${owner} ${rdata}`)
      const all = [...touched.values()]
      const change = { deleted: all.filter(isHeld), added: all.filter(each => !isHeld(each)) }
      content.apply(change)
      contents.push(content.records())
      return change
    })
    return { contents, list: orphans(...changes) }
  }

  const keysOf = (records: readonly WireRecord[]) =>
    records.map(({ owner, rdata, ttl }) => `${owner} ${rdata} ${ttl}`).toSorted()

  it('end where they would have ended, and are there all the second time', () => {
    fc.assert(
      fc.property(fc.array(record), fc.array(step, { maxLength: 6 }), fc.nat(6), (start, steps, stop) => {
        const { contents, list } = history(start, steps)
        const atFork = contents[0] ?? []
        const now = contents[Math.min(stop, list.length)] ?? []
        const judged = judge({ orphans: list, now, atFork })
        const content = new RecordSets(now)
        for (const { verdict, sets } of judged) {
          expect(['applies', 'already-there']).toContain(verdict)
          for (const set of sets) {
            const before = [...content.at(set.owner, set.type).values()]
            expect(keysOf(set.before), 'prerequisites hold').toEqual(keysOf(before))
            content.apply(set)
          }
        }
        expect(keysOf(content.records())).toEqual(keysOf(contents.at(-1) ?? []))
        const again = verdicts({ orphans: list, now: content.records(), atFork })
        expect(again.filter(verdict => verdict !== 'already-there')).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})
