import { appendFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { status, verify } from '../../src/app/commands/index.ts'
import { programsOf } from '../support/lab-programs.ts'
import { outcomeOf, PushBench } from '../support/push-bench.ts'
import { switchOver } from '../support/story.ts'
import { divideIntoViews, externalFile, leaveUnmanaged } from '../support/views.ts'

describe('a fleet with views, and a secondary that is only watched', () => {
  let bench: PushBench

  beforeAll(async () => {
    bench = await PushBench.open()
    divideIntoViews(bench.lab.folder, 'ns1')
    expect(outcomeOf(await bench.push())).toBe('done')
    leaveUnmanaged(bench.lab.folder, 'e1')
  })
  afterAll(() => bench.remove())

  const look = async () => {
    const seen = await status({ fleetFile: bench.fleetFile })
    if (!seen.ok) throw new Error(JSON.stringify(seen.error))
    return seen.value
  }
  const compare = async (believe: 'nothing' | 'what-was-verified') => {
    const verified = await verify({ fleetFile: bench.fleetFile, believe })
    if (!verified.ok) throw new Error(JSON.stringify(verified.error))
    return verified.value
  }

  it('is well, with a zone of one name in both views counted twice', async () => {
    const { well, servers } = await look()
    expect(well).toBe(true)
    expect(servers.map(({ server, managed, zones }) => [server, managed, zones.current])).toEqual([
      ['ns1', true, 5],
      ['ns2', true, 5],
      ['e1', false, 5],
    ])
  })

  it('is switched over, and equal in every view', async () => {
    const run = await switchOver(bench, {})
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2', unwell: false } })
    expect((await look()).well).toBe(true)
    expect(await compare('nothing')).toMatchObject({ well: true, differences: [] })
    expect(await switchOver(bench, {})).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns1' } })
  })

  it('tells other content in one view alone, and the command that heals it there', async () => {
    appendFileSync(externalFile(bench.lab.folder, 'ns1'), 'outside A 192.0.2.1\n')
    const { rndc } = programsOf(bench.lab)
    rndc('ns1', 'reload', 'z1.example', 'IN', 'external')
    const told = await compare('nothing')
    expect(told.differences.map(({ server, zone, view }) => [server, zone, view])).toEqual([
      ['ns2', 'z1.example', 'external'],
      ['e1', 'z1.example', 'external'],
    ])
    for (const { server, command } of told.differences) {
      expect(command).toMatch(/^rndc .* retransfer z1\.example IN external$/)
      rndc(server, ...(command ?? '').split(' ').slice(-4))
    }
    await expect.poll(async () => (await compare('what-was-verified')).well, { timeout: 20_000 }).toBe(true)
  })
})
