import { describe, expect, it } from 'vitest'
import { type CheckSubject, runChecks } from '../../../src/core/plan/index.ts'
import type { FenceRecord, RemovedPeer } from '../../../src/core/snapshot/index.ts'
import { TERM } from '../snapshot/world.ts'
import { askedWorld, contextOf, SWITCHOVER } from './question.ts'

const RECORD: FenceRecord = {
  fleet: 'demo',
  server: 'ns3',
  words: 'burnt',
  by: 'anna@desk',
  recorded: '2026-11-22T22:47:11Z',
  run: 'run-1',
  set: 'default',
  term: TERM,
  ends: 'never',
}

const FAILOVER: CheckSubject = {
  operation: 'failover',
  set: 'default',
  from: 'ns1',
  to: 'ns2',
  survivors: [],
  absent: [],
  fencing: undefined,
  fences: new Map(),
  presence: { kind: 'silent', how: [] },
  despiteAnswer: [],
  termKnown: TERM,
  interrupted: undefined,
  sightings: [],
}

/** Table: how a removed peer answers, and whether that stands in the way. */
const ANSWERS: readonly (readonly [string, RemovedPeer['standings'], 'stops' | 'is nothing'])[] = [
  ['not at all', [], 'is nothing'],
  ['as a standby', [{ set: 'default', role: 'standby', term: TERM + 5 }], 'is nothing'],
  ['as the active of another set', [{ set: 'customers', role: 'active', term: TERM }], 'is nothing'],
  ['as active in an old term', [{ set: 'default', role: 'active', term: TERM - 1 }], 'stops'],
  ['as active in a newer term', [{ set: 'default', role: 'active', term: TERM + 1 }], 'stops'],
]

describe('a peer that was removed for good', () => {
  it.each(ANSWERS.flatMap(row => [SWITCHOVER, FAILOVER].map(subject => [...row, subject] as const)))(
    'that answers %s %s',
    (...[, standings, what, subject]) => {
      const name = subject.operation === 'switchover' ? 'one-active' : 'nobody-active'
      const removed = [{ record: RECORD, standings }]
      const asked = runChecks({ ...contextOf(askedWorld(), subject), removed }).find(
        check => check.name === name,
      )
      const refused = asked?.refusals.filter(refusal => refusal.subject === 'ns3') ?? []
      expect(refused.map(({ code }) => code)).toEqual(what === 'stops' ? [`check.${name}`] : [])
    },
  )
})
