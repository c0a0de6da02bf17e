import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findGaps, mergeEntries } from '../../../src/io/journal/entry.ts'
import type { JournalEntry } from '../../../src/io/journal/index.ts'
import { parseLines, printEntry } from '../../../src/io/journal/line.ts'

const INTENT: JournalEntry = {
  generation: 1,
  sequence: 7,
  at: 1000,
  kind: 'intent',
  step: 3,
  direction: 'forward',
}

const entriesIn = (text: string) =>
  parseLines(text).flatMap(line => (line.kind === 'entry' ? [line.entry] : []))
const kindsIn = (text: string) => parseLines(text).map(({ kind }) => kind)

describe('a line of a journal', () => {
  it('reads back as it was written, with fields that are not known here', () => {
    const other = { ...INTENT, sequence: 8, outcome: { serials: { 'a.example': 12 } } }
    expect(entriesIn(printEntry(INTENT) + printEntry(other))).toEqual([INTENT, other])
  })

  it('of the first version has no checksum, and can be read', () => {
    expect(entriesIn(`${JSON.stringify(INTENT)}\n`)).toEqual([INTENT])
  })

  it('is never read as another line, whichever character is changed', () => {
    const text = printEntry(INTENT).trimEnd()
    const change = fc.record({ at: fc.nat(text.length - 1), to: fc.string({ minLength: 0, maxLength: 2 }) })
    fc.assert(
      fc.property(change, ({ at, to }) => {
        const changed = `${text.slice(0, at)}${to}${text.slice(at + 1)}`
        fc.pre(changed !== text)
        expect(entriesIn(`${changed}\n`).filter(({ kind }) => kind !== INTENT.kind)).toEqual([])
        for (const entry of entriesIn(`${changed}\n`)) expect(entry).toEqual(INTENT)
      }),
    )
  })

  it('is torn where a file ends in its middle, wherever that is', () => {
    const text = printEntry(INTENT).trimEnd()
    for (let length = 1; length < text.length; length++)
      expect(kindsIn(printEntry(INTENT) + text.slice(0, length))).toEqual(['entry', 'torn'])
  })

  it.each<[string, string]>([
    ['newer', '{"version":3,"generation":1,"sequence":0,"kind":"begun"}\n'],
    ['newer', printEntry({ ...INTENT, kind: 'dreamt' } as unknown as JournalEntry)],
    ['damaged', 'rubbish\n'],
    ['damaged', '{"kind":"done"}\n'],
    ['damaged', '{"generation":1,"sequence":-1,"kind":"done"}\n'],
    ['damaged', '{"version":2,"generation":1,"sequence":0,"kind":"begun"}\n'],
    ['damaged', '[1]\n'],
  ])('is %s where it says %j', (kind, text) => {
    expect(kindsIn(text)).toEqual([kind, 'blank'])
  })
})

describe('gaps in a journal', () => {
  const line = (generation: number, sequence: number, more: object = {}) =>
    ({ generation, sequence, at: 1, kind: 'alive', ...more }) as JournalEntry
  const taken = (generation: number, last: object | undefined) =>
    line(generation, 0, { kind: 'taken-over', by: 'tom@laptop', last })

  it.each<[string, readonly JournalEntry[], readonly string[]]>([
    ['none in a whole journal', [line(1, 0), line(1, 1)], []],
    ['the first line', [line(1, 1)], ['1.0']],
    ['one in the middle', [line(1, 0), line(1, 2)], ['1.1']],
    ['lines that no copy took are none', [line(1, 0), line(1, 3, { after: 0 })], []],
    ['but those before are', [line(1, 0), line(1, 4, { after: 2 })], ['1.1', '1.2']],
    [
      'the end that a new holder had read',
      [line(1, 0), taken(2, { generation: 1, sequence: 2 })],
      ['1.1', '1.2'],
    ],
    [
      'a line that a new holder had not read is none',
      [line(1, 0), line(1, 2), taken(2, { generation: 1, sequence: 0 })],
      [],
    ],
    ['the first line of a new holder', [line(1, 0), line(2, 1)], ['2.0']],
    [
      'a holder who died before the first line leaves none',
      [line(1, 0), taken(3, { generation: 1, sequence: 0 })],
      [],
    ],
    [
      'a whole generation that a later one had read',
      [line(1, 0), taken(3, { generation: 2, sequence: 0 })],
      ['2.0'],
    ],
  ])('%s', (_, entries, missing) => {
    const found = findGaps(mergeEntries([entries]))
    expect(found.map(({ generation, sequence }) => `${generation}.${sequence}`)).toEqual(missing)
  })

  it('are those lines that every copy lost and that others follow, whatever each of the copies lost', () => {
    const lines = Array.from({ length: 8 }, (_, sequence) => line(1, sequence))
    const losses = fc.array(fc.uniqueArray(fc.nat(7)), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(losses, lost => {
        const copies = lost.map(own => lines.filter(({ sequence }) => !own.includes(sequence)))
        const merged = mergeEntries(copies)
        const everywhere = lines.filter(({ sequence }) => lost.every(own => own.includes(sequence)))
        const newest = merged.at(-1)?.sequence ?? -1
        const expected = everywhere.filter(({ sequence }) => sequence < newest)
        expect(findGaps(merged).map(({ sequence }) => sequence)).toEqual(
          expected.map(({ sequence }) => sequence),
        )
      }),
    )
  })
})
