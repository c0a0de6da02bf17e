import { describe, expect, it } from 'vitest'
import {
  type CheckSubject,
  describeStep,
  type FileChange,
  planRejoin,
  type RejoinOrder,
} from '../../../src/core/plan/index.ts'
import { bad, silenced, withServer } from '../snapshot/world.ts'
import { answer, askedWorld } from './question.ts'

const WELL = askedWorld()
const { fleet } = WELL
const CHANGE: FileChange = { path: '/etc/bind/baton/state', mode: 0o644, content: 'new', before: 'old' }

/** The well world has ns1 active; ns2 is who returns. */
const SUBJECT: CheckSubject = { operation: 'rejoin', set: 'default', from: 'ns2', to: 'ns1', absent: ['w1'] }

function stepsFor(change: Partial<RejoinOrder>): readonly string[] {
  const plan = planRejoin(fleet, {
    run: 'run-1',
    operation: 'rejoin',
    by: 'eva@desk',
    reason: undefined,
    created: '2026-11-22T12:00:00Z',
    record: { baton: '0.1.0', releases: {}, zones: 'abc' },
    handover: { set: 'default', from: 'ns2', to: 'ns1', termBefore: 7, termAfter: 7, without: ['w1'] },
    since: '2026-11-22T11:00:00Z',
    content: 'to-be-saved',
    guard: [],
    standings: new Map([['ns2', [CHANGE]]]),
    ...change,
  })
  return plan.steps.map(step => `${step.kind} ${'servers' in step ? step.servers.join(' ') : step.server}`)
}

describe('the plan of a rejoin', () => {
  it('saves what the server has before it is looked for, and heals it before those that may transfer from it', () => {
    expect(stepsFor({})).toEqual([
      'step-down ns2',
      'return ns2',
      'announce ns2',
      'probe ns2',
      'heal ns2',
      'heal e1',
    ])
  })

  it('saves nothing twice, and tells nobody what is known', () => {
    expect(stepsFor({ content: 'saved-before', standings: new Map() })).toEqual([
      'return ns2',
      'probe ns2',
      'heal ns2',
      'heal e1',
    ])
  })

  it('raises the active to a new term before the other one steps down in it', () => {
    const standings = new Map([
      ['ns1', [CHANGE]],
      ['ns2', [CHANGE]],
    ])
    expect(stepsFor({ standings }).slice(0, 2)).toEqual(['announce ns1', 'step-down ns2'])
  })

  it('says of each step what it does', () => {
    const step = { kind: 'step-down', server: 'ns2', set: 'default', term: 7, since: '' } as const
    expect(describeStep(step)).toBe('let ns2 save what it holds in baton/rescue and become standby in term 7')
  })
})

describe('the checks of a rejoin', () => {
  it('say yes when all is well, but for who is left out', () => {
    expect(answer('servers-answer', WELL, SUBJECT)).toEqual([])
    expect(answer('returning-obeys', WELL, SUBJECT)).toEqual([])
    expect(answer('forks-found', WELL, SUBJECT)).toEqual([
      'w1: it does not answer: it is left out, and what it holds is not compared',
    ])
    expect(answer('forks-found', WELL, { ...SUBJECT, absent: [] })).toEqual([])
  })

  it('let the returning server be down, as long as its files can be read', () => {
    const down = withServer(silenced(WELL, 'ns2'), 'ns2', () => {
      const { files } = WELL.snapshot.servers.get('ns2') ?? {}
      return { files }
    })
    expect(answer('servers-answer', down, SUBJECT)).toEqual([])
    expect(answer('returning-obeys', down, SUBJECT)).toEqual([])
    expect(answer('servers-answer', silenced(WELL, 'ns2'), SUBJECT)).toHaveLength(1)
    expect(answer('servers-answer', silenced(WELL, 'ns1'), SUBJECT)).toHaveLength(1)
  })

  it('refuse a server that serves zones and takes no orders', () => {
    const deaf = withServer(WELL, 'ns2', () => ({ named: bad('refused the key') }))
    expect(answer('returning-obeys', deaf, SUBJECT)).toEqual([
      'ns2: it answers queries, but not rndc: refused the key',
    ])
  })
})
