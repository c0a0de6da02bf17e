import { EventEmitter, once } from 'node:events'
import { appendFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitOfProblems } from '../../src/app/cli/exit-code.ts'
import { prepareSwitchover, resume, rollback } from '../../src/app/commands/index.ts'
import { removePrograms } from '../../tools/proof/bundled.ts'
import { dieAt } from '../../tools/proof/die-at.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'

const EXIT_REFUSED = 2
/** No operation has so many writes, so its process lives to the end. */
const NEVER = 1_000_000
const NOTHING_WRITTEN = { updates: [], unacknowledged: [] }

afterAll(removePrograms)

describe('two operators at the same moment', () => {
  let story: Story

  beforeAll(async () => {
    story = await beginStory()
  })
  afterAll(() => story.remove())

  it('one gets the lock, the other a refusal that names the first', async () => {
    const order = { fleetFile: story.fleetFile, set: undefined, to: 'ns2', without: [], reason: undefined }
    const [here, there] = [
      await prepareSwitchover(order),
      await prepareSwitchover({ ...order, fleetFile: await checkOutAgain(story.lab) }),
    ]
    if (!here.ok || !there.ok) throw new Error('both may look and plan')
    const runs = await Promise.all([here.value.start(UNWATCHED), there.value.start(UNWATCHED)])
    await Promise.all([here.value.close(), there.value.close()])
    const refused = runs.flatMap(run => (run.ok ? [] : [run.error]))
    expect(runs.filter(run => run.ok && run.value.outcome === 'done')).toHaveLength(1)
    expect(refused).toMatchObject([[{ kind: 'refusal', code: 'engine.locked' }]])
    expect(exitOfProblems(refused.flat())).toBe(EXIT_REFUSED)
    const standings = [{ active: 'ns2', term: 2 }]
    expect(await findFaults(story.lab, { standings, written: NOTHING_WRITTEN })).toEqual([])
  })

  it('a run that begins while another person looks is told, and nothing of its middle', async () => {
    const moments = new EventEmitter()
    const [frozen, seen] = [once(moments, 'frozen'), once(moments, 'seen')]
    const stop = interruptAt({ when: 'after', command: 'freeze-all', server: 'ns2' }, async () => {
      moments.emit('frozen')
      await seen
    })
    let run: ReturnType<typeof switchOver> | undefined
    const late = interruptAt({ when: 'before', command: 'zonestatus', server: 'ns2' }, async () => {
      run = switchOver(story, { to: 'ns1', ...stop })
      await frozen
    })
    const fleetFile = await checkOutAgain(story.lab)
    const order = { fleetFile, set: undefined, to: 'ns1', without: [], reason: undefined, ...late }
    const refused = await prepareSwitchover(order)
    moments.emit('seen')
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'check.no-unfinished-run' }] })
    expect(await run).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect((await switchOver(story, { to: 'ns2' })).ok).toBe(true)
  })

  it('a run is ended from a folder that has changed since, or that has nothing but baton.yaml and the keys', async () => {
    const die = () => Promise.reject(new Error('Baton died here'))
    const moment = { when: 'after', command: 'freeze-all', server: 'ns2' } as const
    await expect(switchOver(story, { to: 'ns1', ...interruptAt(moment, die) })).rejects.toThrow(
      'Baton died here',
    )
    const fleetFile = await checkOutAgain(story.lab)
    const zones = join(dirname(fleetFile), 'zones.conf')
    appendFileSync(zones, 'zone "new.example" { type primary; file "zones/new.db"; };\n')
    const order = { fleetFile, takeOver: true, watch: UNWATCHED }
    const signal = AbortSignal.abort()
    expect(await resume({ ...order, watch: { ...UNWATCHED, signal } })).toMatchObject({
      ok: true,
      value: { outcome: 'rolled-back' },
    })
    await expect(switchOver(story, { to: 'ns1', ...interruptAt(moment, die) })).rejects.toThrow(
      'Baton died here',
    )
    rmSync(zones)
    expect(await rollback(order)).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
  })

  it('nobody takes a run over whose process lives, and nobody begins a second one', async () => {
    const meanwhile: unknown[] = []
    const fleetFile = await checkOutAgain(story.lab)
    const order = { fleetFile, to: 'ns1', write: NEVER, moment: 'before' } as const
    const doors = interruptAt({ when: 'before', command: 'reconfig', server: 'ns1' }, async () => {
      for (const operation of ['resume', 'rollback', 'switchover'] as const)
        meanwhile.push(await dieAt({ ...order, operation }))
    })
    const run = await switchOver(story, { to: 'ns1', ...doors })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect(meanwhile).toMatchObject([
      { outcome: 'engine.run-alive', writes: 0 },
      { outcome: 'engine.run-alive', writes: 0 },
      { kind: 'lived', writes: 0 },
    ])
    const standings = [{ active: 'ns1', term: 5 }]
    expect(await findFaults(story.lab, { standings, written: NOTHING_WRITTEN })).toEqual([])
  })
})
