import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { history, status, verify } from '../../src/app/commands/index.ts'
import { findFaults } from '../support/find-faults.ts'
import { outcomeOf, PushBench } from '../support/push-bench.ts'
import { switchOver } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'
import { divideIntoSets } from '../support/two-sets.ts'

describe('two zone sets, each with an active of its own', () => {
  let bench: PushBench

  beforeAll(async () => {
    bench = await PushBench.open()
    divideIntoSets(bench.lab.folder, 'ns1')
    expect(outcomeOf(await bench.push())).toBe('done')
  })
  afterAll(() => bench.remove())

  const standing = async () => {
    const seen = await status({ fleetFile: bench.fleetFile })
    return seen.ok ? seen.value.sets.map(({ set, active, term }) => [set, active, term]) : seen.error
  }

  it('begin with the peer that was active', async () => {
    expect(await standing()).toEqual([
      ['default', 'ns1', 1],
      ['customers', 'ns1', 1],
    ])
  })

  it('are not switched over together: one has to be named', async () => {
    const refused = await switchOver(bench, {})
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'cli.target-unclear' }] })
  })

  it('pass their roles each by itself, while both take updates through either peer', async () => {
    const traffic = startTraffic(bench.lab, { updatesPerSecond: 40, queriesPerSecond: 40 })
    const run = await switchOver(bench, { set: 'customers' })
    const { written } = await traffic.stop()
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', set: 'customers', to: 'ns2', term: 2 } })
    expect(await standing()).toEqual([
      ['default', 'ns1', 1],
      ['customers', 'ns2', 2],
    ])
    expect(await findFaults(bench.lab, { standings: [{ active: 'ns1', term: 1 }], written })).toEqual([])
  })

  it('are verified each against its own active', async () => {
    const verified = await verify({ fleetFile: bench.fleetFile, believe: 'nothing' })
    if (!verified.ok) throw new Error(JSON.stringify(verified.error))
    expect(verified.value.well).toBe(true)
    expect(verified.value.servers.map(({ server, equal }) => [server, equal])).toEqual([
      ['ns1', 2],
      ['ns2', 2],
      ['e1', 4],
    ])
  })

  it('pass in opposite directions one after the other, and the history tells which was which', async () => {
    expect(await switchOver(bench, { set: 'default' })).toMatchObject({
      ok: true,
      value: { outcome: 'done' },
    })
    expect(await switchOver(bench, { set: 'customers' })).toMatchObject({
      ok: true,
      value: { outcome: 'done' },
    })
    expect(await standing()).toEqual([
      ['default', 'ns2', 2],
      ['customers', 'ns1', 3],
    ])
    const told = await history({ fleetFile: bench.fleetFile })
    const runs = told.ok ? told.value.runs.filter(({ operation }) => operation === 'switchover') : []
    expect(runs.map(({ set, from, to, term }) => [set, from, to, term])).toEqual([
      ['customers', 'ns1', 'ns2', 2],
      ['default', 'ns1', 'ns2', 2],
      ['customers', 'ns2', 'ns1', 3],
    ])
  })
})
