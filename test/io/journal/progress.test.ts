import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeEntries } from '../../../src/io/journal/entry.ts'
import { type JournalEntry, type JournalEvent, progressOf } from '../../../src/io/journal/index.ts'
import { planOf } from './copies.ts'

const PLAN = planOf('run-1')

function inOrder(...events: readonly JournalEvent[]): readonly JournalEntry[] {
  return events.map((event, sequence) => ({ generation: 1, sequence, at: 1000 + sequence, ...event }))
}

const intent = (step: number, direction: 'forward' | 'back'): JournalEvent => ({
  kind: 'intent',
  step,
  direction,
})
const done = (step: number, direction: 'forward' | 'back'): JournalEvent => ({
  kind: 'done',
  step,
  direction,
  elapsedMs: 1,
  remarks: [],
  writesAt: undefined,
})

describe('progress', () => {
  it.each<[string, readonly JournalEvent[], object]>([
    ['nothing yet', [{ kind: 'begun' }], { direction: 'forward', steps: ['untouched', 'untouched'] }],
    ['died in a step', [intent(0, 'forward')], { steps: ['begun', 'untouched'] }],
    ['a step is done', [intent(0, 'forward'), done(0, 'forward')], { steps: ['done', 'untouched'] }],
    [
      'turned back',
      [intent(0, 'forward'), { kind: 'turned', because: 'no' }],
      { direction: 'back', turnedBecause: 'no', steps: ['begun', 'untouched'] },
    ],
    [
      'died in an undo',
      [intent(0, 'forward'), done(0, 'forward'), { kind: 'turned', because: 'no' }, intent(0, 'back')],
      { steps: ['begun', 'untouched'] },
    ],
    [
      'undone',
      [intent(0, 'forward'), intent(0, 'back'), done(0, 'back'), { kind: 'ended', outcome: 'rolled-back' }],
      { steps: ['undone', 'untouched'], ended: 'rolled-back' },
    ],
  ])('%s', (_, events, expected) => {
    expect(progressOf(PLAN, inOrder(...events))).toMatchObject(expected)
  })
})

describe('copies of a journal', () => {
  const entry = fc.record({
    generation: fc.integer({ min: 1, max: 3 }),
    sequence: fc.integer({ min: 0, max: 20 }),
    at: fc.constant(1),
    kind: fc.constant('begun' as const),
  })

  it('tell together what each tells, in order, once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(entry)), lists => {
        const merged = mergeEntries(lists)
        const places = merged.map(({ generation, sequence }) => generation * 100 + sequence)
        expect(places).toEqual([...new Set(places)].toSorted((left, right) => left - right))
        expect(mergeEntries([...lists, merged])).toEqual(merged)
      }),
    )
  })
})
