import { describe, expect, it } from 'vitest'
import { type Code, refuse } from '../../../src/core/base/index.ts'
import { CHECKS, isUnknown, runChecks, stoppersOf } from '../../../src/core/plan/index.ts'
import { bad, LOCK, silenced, withFiles, withMarker, withServer } from '../snapshot/world.ts'
import { NOS } from './cases.ts'
import { answer, askedWorld, contextOf, SWITCHOVER } from './question.ts'

const WELL = askedWorld()

describe('an active that answers us', () => {
  it('is not said to be reached by others as well', () => {
    const outcomes = ['active-gone', 'active-unseen'].map(name => ({
      name,
      question: name,
      weight: 'refuse' as const,
      refusals: [
        refuse({ code: `check.${name}` as Code, subject: 'ns1', because: name, remedy: 'switchover' }),
      ],
    }))
    expect(stoppersOf(outcomes).map(({ code }) => code)).toEqual(['check.active-gone'])
    expect(stoppersOf(outcomes.slice(1)).map(({ code }) => code)).toEqual(['check.active-unseen'])
  })
})

describe('servers that are left out', () => {
  it('are not asked anything', () => {
    const world = silenced(WELL, 'w1')
    expect(answer('servers-answer', world, SWITCHOVER)).toHaveLength(1)
    const subject = { ...SWITCHOVER, without: ['w1'] } as typeof SWITCHOVER
    expect(stoppersOf(runChecks(contextOf(world, subject)))).toEqual([])
  })

  it('leave the old and the new active to be asked', () => {
    const subject = { ...SWITCHOVER, without: ['ns1', 'ns2'] } as typeof SWITCHOVER
    expect(answer('bystanders-left-out', WELL, subject)).toHaveLength(2)
  })
})

describe('what stops an operation', () => {
  it('is nothing when all is well', () => {
    expect(stoppersOf(runChecks(contextOf(WELL, SWITCHOVER)))).toEqual([])
  })

  it('is told once, by the check that asks of it first', () => {
    const world = withServer(WELL, 'e1', () => ({ zones: bad('timeout') }))
    const stoppers = stoppersOf(runChecks(contextOf(world, SWITCHOVER)))
    expect(stoppers.map(({ code, subject }) => `${code} ${subject}`)).toEqual(['check.servers-answer e1'])
  })

  it('is one thing of each silent server, with one command that leaves out all that may be', () => {
    const stoppers = stoppersOf(runChecks(contextOf(silenced(silenced(WELL, 'e1'), 'w1'), SWITCHOVER)))
    expect(stoppers.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      'check.servers-answer e1',
      'check.servers-answer w1',
    ])
    for (const { because, remedy } of stoppers) {
      expect(because).toMatch(/^it does not answer: /)
      expect(remedy).toContain('`--without e1 w1`')
    }
  })

  it('leaves what else is asked of a silent server unknown, and nothing else', () => {
    const outcomes = runChecks(contextOf(silenced(WELL, 'e1'), SWITCHOVER))
    const unknown = outcomes.filter(isUnknown)
    expect(unknown.map(({ name }) => name)).toContain('zones-loaded')
    expect(unknown.flatMap(({ refusals }) => refusals.map(({ subject }) => subject))).toEqual(
      unknown.map(() => 'e1'),
    )
    const others = outcomes.filter(outcome => !isUnknown(outcome))
    expect(others.filter(({ refusals }) => refusals.length > 0).map(({ name }) => name)).toEqual([
      'servers-answer',
    ])
  })

  it.each(['ns1', 'ns2'])('is one thing of %s as well, which cannot be left out', name => {
    const stoppers = stoppersOf(runChecks(contextOf(silenced(WELL, name), SWITCHOVER)))
    expect(stoppers.map(({ subject }) => subject)).toEqual([name])
    expect(stoppers[0]?.remedy).not.toContain('--without')
  })

  it('is nothing but the run that holds the fleet, while there is one', () => {
    const held = withFiles(withMarker(WELL, 'ns2', { role: 'active' }), 'ns2', { lock: LOCK })
    const outcomes = runChecks(contextOf(held, SWITCHOVER))
    expect(outcomes.map(({ name }) => name)).toEqual(['no-unfinished-run'])
    expect(stoppersOf(outcomes).map(({ code }) => code)).toEqual(['check.no-unfinished-run'])
  })

  it('is no warning', () => {
    const warning = CHECKS.filter(({ weight }) => weight === 'warn')
    const codes = warning.map(({ name }) => `check.${name}`)
    for (const { world } of warning.flatMap(({ name }) => NOS[name] ?? [])) {
      const stoppers = stoppersOf(runChecks(contextOf(world, SWITCHOVER)))
      expect(stoppers.filter(({ code }) => codes.includes(code))).toEqual([])
    }
  })
})
