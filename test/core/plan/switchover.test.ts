import { describe, expect, it } from 'vitest'
import type { Fleet } from '../../../src/core/fleet/index.ts'
import {
  describeStep,
  describeUndo,
  type Handover,
  type Plan,
  planSwitchover,
  pointOfNoReturn,
  type Step,
} from '../../../src/core/plan/index.ts'
import { wellWorld } from '../snapshot/world.ts'

const { fleet } = wellWorld()

const HANDOVER: Handover = {
  set: 'default',
  from: 'ns1',
  to: 'ns2',
  termBefore: 7,
  termAfter: 8,
  without: [],
}

/** A peer's small files at three moments; only `same` does not change. */
function filesOf(server: string) {
  const at = (moment: string) =>
    new Map(
      ['named.conf', 'baton/state', 'baton/marker/active.db'].map(name => [
        `/etc/${server}/${name}`,
        { content: `${name} ${moment}`, mode: 0o640 },
      ]),
    ).set(`/etc/${server}/same`, { content: 'same', mode: 0o644 })
  return [server, { before: at('before'), released: at('released'), after: at('after') }] as const
}

function planFor(fleetOf: Fleet, handover: Handover): Plan {
  return planSwitchover(fleetOf, {
    run: 'run-1',
    by: 'eva@desk',
    reason: 'new disks',
    created: '2026-11-22T12:00:00Z',
    record: { baton: '0.1.0', releases: {}, zones: 'abc' },
    handover,
    fences: new Map(),
    files: new Map(fleetOf.servers.map(({ name }) => filesOf(name))),
  })
}

const PLAN = planFor(fleet, HANDOVER)

function stepOf<Kind extends Step['kind']>(kind: Kind): Extract<Step, { kind: Kind }> {
  const step = PLAN.steps.find(
    (candidate): candidate is Extract<Step, { kind: Kind }> => candidate.kind === kind,
  )
  if (step === undefined) throw new Error(`no step ${kind}`)
  return step
}

describe('the order', () => {
  const kinds = PLAN.steps.map(({ kind }) => kind)

  it('freezes the old active before the new one opens, and closes it for good only then', () => {
    expect(kinds).toEqual([
      'settle',
      'freeze',
      'catch-up',
      'promote',
      'demote',
      'probe',
      'converge',
      'compare',
    ])
  })

  it('settles, catches up and promotes the one; freezes, demotes and probes the other', () => {
    const by = (server: string) =>
      PLAN.steps.flatMap(step => ('server' in step && step.server === server ? [step.kind] : []))
    expect(by('ns2')).toEqual(['settle', 'catch-up', 'promote'])
    expect(by('ns1')).toEqual(['freeze', 'demote', 'probe'])
  })

  it('tells further peers the new term after the promotion', () => {
    const ns1 = fleet.servers.find(({ name }) => name === 'ns1')
    if (ns1 === undefined) throw new Error('no ns1')
    const three = { ...fleet, servers: [...fleet.servers, { ...ns1, name: 'ns3' }] }
    const steps = planFor(three, HANDOVER).steps
    const announced = steps.findIndex(step => step.kind === 'announce' && step.server === 'ns3')
    expect(announced).toBeGreaterThan(steps.findIndex(({ kind }) => kind === 'promote'))
    expect(announced).toBeLessThan(steps.findIndex(({ kind }) => kind === 'converge'))
  })

  it('waits for every server that holds the set, but for those left out', () => {
    const { steps } = planFor(fleet, { ...HANDOVER, without: ['w1'] })
    const converge = steps.find(({ kind }) => kind === 'converge')
    expect(converge).toMatchObject({ servers: ['ns1', 'ns2', 'e1'], to: 'ns2' })
  })
})

describe('the files', () => {
  it.each(['freeze', 'promote', 'demote'] as const)('%s installs named.conf last', kind => {
    expect(stepOf(kind).changes.at(-1)?.path).toMatch(/\/named\.conf$/)
  })

  it('leaves what does not change alone', () => {
    const paths = PLAN.steps.flatMap(step => ('changes' in step ? step.changes.map(({ path }) => path) : []))
    expect(paths.filter(path => path.endsWith('/same'))).toEqual([])
  })

  it('keeps what was there, so that the undo needs nobody’s memory', () => {
    for (const change of stepOf('promote').changes) expect(change.before).toMatch(/ before$/)
    for (const change of stepOf('freeze').changes) expect(change.before).toMatch(/ before$/)
  })

  it('takes up at each step where the one before left the server', () => {
    const released = new Map(stepOf('freeze').changes.map(({ path, content }) => [path, content]))
    for (const { path, before } of stepOf('demote').changes) expect(before).toBe(released.get(path))
  })
})

describe('the way back', () => {
  it('ends where the new active is open', () => {
    const point = pointOfNoReturn(PLAN.steps)
    expect(PLAN.steps[point?.step ?? 0]?.kind).toBe('promote')
    expect(point?.once).toBe('done')
  })
})

describe('a plan', () => {
  it('is plain data: what is journaled is what was shown', () => {
    expect(JSON.parse(JSON.stringify(PLAN))).toEqual(PLAN)
  })

  it('describes each of its steps, and each undo, in one line', () => {
    for (const step of PLAN.steps) {
      expect(describeStep(step)).toMatch(/^[a-z][^\n]+$/)
      expect(describeUndo(step) ?? 'nothing').toMatch(/^[a-z][^\n]+$/)
    }
  })
})
