import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/core/snapshot/index.ts'
import { SINCE, TERM, wellWorld } from './world.ts'

const { fleet } = wellWorld()

const MARKER = { role: 'active', term: TERM, server: 'ns1', fleet: 'demo', since: SINCE } as const
const OTHER = { ...MARKER, server: 'ns2', term: TERM + 1 }
const set = 'default'

describe('two actives in words', () => {
  it('of two actives the remedy names the one to keep, and how to freeze the other', () => {
    const { remedy } = explain(fleet, {
      kind: 'two-actives',
      inRun: false,
      set,
      actives: [MARKER, OTHER],
      forks: [],
      recorded: [],
    })
    expect(remedy).toContain('ns2 has the highest term and is right')
    expect(remedy).toContain('`baton resolve --keep ns2` saves what ns1 alone has')
    expect(remedy).toMatch(/`rndc -s \S+ -p \d+ .*freeze`/)
  })

  it('of two actives in the middle of a run it deposes nobody', () => {
    const actives = [MARKER, OTHER]
    const verdict = { kind: 'two-actives', inRun: true, set, actives, forks: [], recorded: [] } as const
    expect(explain(fleet, verdict).remedy).toContain('end the run, and look again')
  })

  it('of two actives in one term it names both', () => {
    const { remedy } = explain(fleet, {
      kind: 'two-actives',
      inRun: false,
      set,
      actives: [MARKER, { ...OTHER, term: TERM }],
      forks: [],
      recorded: [],
    })
    expect(remedy).toContain('`baton resolve --keep ns1` or `baton resolve --keep ns2`')
  })

  it('names the one of two equal actives that was switched by hand, and one command', () => {
    const actives = [MARKER, { ...MARKER, server: 'ns2' }]
    const { remedy } = explain(fleet, {
      kind: 'two-actives',
      inRun: false,
      set,
      actives,
      forks: [],
      recorded: ['ns1'],
    })
    expect(remedy).toContain('ns2 was switched by hand')
    expect(remedy).toContain('`baton resolve --keep ns1`')
    expect(remedy).not.toContain('--keep ns2')
  })
})
