import { describe, expect, it } from 'vitest'
import { isOutlived } from '../../../src/app/commands/failover/outlived-fences.ts'
import type { FenceRecord } from '../../../src/core/snapshot/index.ts'
import type { HistoryEntry } from '../../../src/io/journal/index.ts'
import { wellWorld } from '../../core/snapshot/world.ts'

const { fleet } = wellWorld()

const RECORD: FenceRecord = {
  fleet: fleet.name,
  server: 'ns1',
  words: 'switched off',
  by: 'ann@desk',
  recorded: '2026-11-20T08:00:00Z',
  run: 'R1',
  set: 'default',
  term: 5,
  ends: 'on-return',
}

const LATER: HistoryEntry = {
  version: 1,
  run: 'R2',
  fleet: fleet.name,
  operation: 'rejoin',
  set: 'default',
  from: 'ns1',
  to: 'ns2',
  term: 5,
  by: 'bob@desk',
  reason: undefined,
  began: '2026-11-20T09:00:00Z',
  elapsedMs: 1000,
  writePauseMs: undefined,
  outcome: 'done',
  because: undefined,
  remarks: [],
}

/** Table: what the history has after the fence, and whether that is over. */
const CASES: readonly (readonly [string, Partial<HistoryEntry>, boolean])[] = [
  ['it rejoined', {}, true],
  ['it was deposed by a person', { operation: 'resolve' }, true],
  ['it took the role', { operation: 'switchover', from: 'ns2', to: 'ns1', term: 6 }, true],
  ['it gave the role', { operation: 'switchover', from: 'ns1', to: 'ns2', term: 6 }, true],
  ['it was a peer besides', { operation: 'switchover', from: 'ns2', to: 'ns3', term: 6 }, true],
  ['it was left out', { operation: 'switchover', from: 'ns2', to: 'ns3', leftOut: ['ns1'] }, false],
  ['it took over', { operation: 'failover', from: 'ns2', to: 'ns1', term: 6 }, true],
  ['it was lost once more', { operation: 'failover', from: 'ns1', to: 'ns2', term: 6 }, false],
  ['another one rejoined', { from: 'ns3' }, false],
  ['the rejoin was taken back', { outcome: 'rolled-back' }, false],
  ['the rejoin was before', { began: '2026-11-20T07:00:00Z' }, false],
  ['a clock is behind', { operation: 'switchover', term: 6, began: '2026-11-20T07:59:00Z' }, true],
  ['a push', { operation: 'push', set: undefined, from: undefined, to: undefined, term: undefined }, false],
  ['a rescue', { operation: 'rescue-apply' }, false],
  ['its own run is done', { run: 'R1', operation: 'failover', to: 'ns2' }, false],
  ['its own run was a rejoin of it', { run: 'R1' }, false],
  ['its own run was taken back', { run: 'R1', operation: 'switchover', outcome: 'rolled-back' }, true],
  ['its own run was ended by a failover', { run: 'R1', outcome: 'superseded' }, false],
]

describe('a fence on record', () => {
  it.each(CASES)('%s', (_words, change, expected) => {
    expect(isOutlived(fleet, RECORD, [{ ...LATER, ...change }])).toBe(expected)
  })

  it('holds where nothing is known, and for good where a person said so', () => {
    expect(isOutlived(fleet, RECORD, [])).toBe(false)
    expect(isOutlived(fleet, { ...RECORD, ends: 'never' }, [LATER])).toBe(false)
  })
})
