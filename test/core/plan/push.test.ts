import { expect, it } from 'vitest'
import { planPush, type StagedFile, type StepOf } from '../../../src/core/plan/index.ts'
import { wellWorld } from '../snapshot/world.ts'

const { fleet } = wellWorld()
const FILE: StagedFile = { path: '/etc/bind/named.conf', mode: 0o640, digest: 'new', digestBefore: 'old' }

function planFor(
  files: Readonly<Record<string, readonly StagedFile[]>>,
  records: readonly StepOf<'record'>[] = [],
) {
  return planPush(fleet, {
    run: 'run-1',
    by: 'eva@desk',
    reason: undefined,
    created: '2026-11-22T12:00:00Z',
    record: { baton: '0.1.0', releases: {}, zones: 'abc' },
    files: new Map(Object.entries(files)),
    records,
    actives: ['ns1'],
  })
}

const ALL = planFor({ ns1: [FILE], ns2: [FILE], e1: [FILE], w1: [FILE] })

it('stages everything everywhere before it installs anything anywhere', () => {
  const kinds = ALL.steps.map(({ kind }) => kind)
  expect(kinds.lastIndexOf('stage')).toBeLessThan(kinds.indexOf('deploy'))
})

it('begins with secondaries and ends with the active, when the others have shown that it works', () => {
  const deployed = ALL.steps.flatMap(step => (step.kind === 'deploy' ? [step.server] : []))
  expect(deployed).toEqual(['e1', 'w1', 'ns2', 'ns1'])
})

it('leaves alone the servers that have nothing to do', () => {
  const { steps } = planFor({ e1: [FILE], w1: [] })
  expect([...new Set(steps.flatMap(step => ('server' in step ? [step.server] : [])))]).toEqual(['e1'])
})

it('is plain data', () => {
  expect(JSON.parse(JSON.stringify(planFor({ e1: [FILE] })))).toMatchObject({ version: 2, operation: 'push' })
})

it('writes down which folder it was when all is installed, also on a peer that gets nothing else', () => {
  const record = (server: string): StepOf<'record'> => ({
    kind: 'record',
    server,
    zones: { ...FILE, path: '/etc/bind/baton/pushed.zones' },
    pushed: { path: '/etc/bind/baton/pushed', mode: 0o640, content: 'new', before: undefined },
  })
  const kinds = (files: Parameters<typeof planFor>[0]) =>
    planFor(files, [record('ns1'), record('ns2')]).steps.map(({ kind }) => kind)
  expect(kinds({ e1: [FILE] })).toEqual(['stage', 'deploy', 'record', 'record', 'inspect'])
  expect(kinds({})).toEqual(['record', 'record'])
})
