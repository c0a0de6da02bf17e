import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { prepareSwitchover, resume, rollback } from '../../src/app/commands/index.ts'
import { killServer, startServer, stopServer } from '../../src/app/lab/index.ts'
import { dynamicZone } from '../support/fail-over.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { programsOf } from '../support/lab-programs.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'
import { startTraffic, type Traffic } from '../support/traffic.ts'
import { until } from '../support/until.ts'

const OLD = { active: 'ns1', term: 1 }
const NEW = { active: 'ns2', term: 2 }
const JAM = { timeout: 90_000, interval: 100 }
const FROZEN = { when: 'after', command: 'freeze-all', server: 'ns1' } as const
const BEFORE_SWAP = { when: 'before', command: 'reconfig', server: 'ns2' } as const
const AFTER_SWAP = { when: 'after', command: 'reconfig', server: 'ns2' } as const

describe('a server that is lost on the way', () => {
  let story: Story
  let traffic: Traffic

  beforeEach(async () => {
    story = await beginStory({}, { 'write-pause-max': '10s' })
    traffic = startTraffic(story.lab, { updatesPerSecond: 30, queriesPerSecond: 50 })
  })
  afterEach(() => story.remove())

  const kill = (name: string) => async () => {
    expect((await killServer(story.lab, name)).ok).toBe(true)
  }
  const start = async (name: string) => {
    expect((await startServer(story.lab, name, 'loaded')).ok).toBe(true)
  }
  const takeUp = async (act: typeof resume) =>
    act({ fleetFile: await checkOutAgain(story.lab), takeOver: true, watch: UNWATCHED })

  /**
   * Writes get through, nothing is lost, nothing doubled, nothing left behind. Where there were two standbys for a moment, updates
   * that they passed to and fro hold up others until named gives them up, some 30 seconds later.
   */
  const expectEnd = async (standing: typeof OLD) => {
    const { acknowledged } = traffic.progress()
    await vi.waitUntil(() => traffic.progress().acknowledged > acknowledged, JAM)
    const { written, watched } = await traffic.stop()
    expect(watched.overlaps).toEqual([])
    expect(await findFaults(story.lab, { standings: [standing], written })).toEqual([])
  }

  it('the old active, killed once it is frozen: all is taken back, and it comes back as the active', async () => {
    const run = await switchOver(story, { ...interruptAt(FROZEN, kill('ns1')) })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    await start('ns1')
    await expectEnd(OLD)
  })

  it('the old active, killed when the new one has caught up: it comes back as a standby', async () => {
    const run = await switchOver(story, { ...interruptAt(BEFORE_SWAP, kill('ns1')) })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', unwell: true } })
    expect(run.ok && run.value.remarks).toContain('named on ns1 does not run; it will start as a standby')
    await start('ns1')
    await expectEnd(NEW)
  })

  it('the old active, thawed by hand while the run lies dead: it is frozen again before the new one opens', async () => {
    const die = () => Promise.reject(new Error('Baton died here'))
    await expect(switchOver(story, { ...interruptAt(BEFORE_SWAP, die) })).rejects.toThrow('Baton died here')
    const { acknowledged } = traffic.progress()
    programsOf(story.lab).rndc('ns1', 'thaw')
    await vi.waitUntil(() => traffic.progress().acknowledged > acknowledged + 10, JAM)
    expect(await takeUp(resume)).toMatchObject({ ok: true, value: { outcome: 'done' } })
    await expectEnd(NEW)
  })

  it('the old active, restarted between the freeze and the end: never a second active', async () => {
    const restart = async () => {
      expect((await stopServer(story.lab, 'ns1')).ok).toBe(true)
      await start('ns1')
    }
    const run = await switchOver(story, { ...interruptAt(BEFORE_SWAP, restart) })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done' } })
    await expectEnd(NEW)
  })

  it('the old active, restarted once it is frozen, and all taken back: it is made active again', async () => {
    const stopping = new AbortController()
    const restart = async () => {
      expect((await stopServer(story.lab, 'ns1')).ok).toBe(true)
      await start('ns1')
      stopping.abort()
    }
    const run = await switchOver(story, { ...interruptAt(FROZEN, restart), signal: stopping.signal })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    await expectEnd(OLD)
  })

  it('the new active, killed in its promotion: it comes back, and all is taken back', async () => {
    const run = await switchOver(story, { ...interruptAt(AFTER_SWAP, kill('ns2')) })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    await start('ns2')
    expect(await takeUp(rollback)).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    await expectEnd(OLD)
  })

  it('the new active, killed with an update that nobody else has: the standby that it is now hands it over', async () => {
    await traffic.stop()
    const { dig, update } = programsOf(story.lab)
    const taken = `taken.${dynamicZone(story.lab)}`
    const takeAndDie = async () => {
      await until('ns2 takes it', () => {
        update('ns2', `add ${taken} 60 A 192.0.2.9`)
        return true
      })
      await kill('ns2')()
    }
    const run = await switchOver(story, { ...interruptAt(AFTER_SWAP, takeAndDie) })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    await start('ns2')
    expect(await takeUp(rollback)).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    for (const server of ['ns1', 'ns2', 'e1'])
      await until(`${server} has it`, () => dig(server, taken) === '192.0.2.9')
    const written = { updates: [], unacknowledged: [] }
    expect(await findFaults(story.lab, { standings: [OLD], written })).toEqual([])
  })

  it('the new active, killed once it is open: nobody waits for it any longer, and the run ends once it is back', async () => {
    const run = await switchOver(story, {
      onEvent: (event, { plan }) => {
        if (event.kind === 'step-began' && plan.steps[event.step]?.kind === 'converge') void kill('ns2')()
      },
    })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    await start('ns2')
    expect(await takeUp(resume)).toMatchObject({ ok: true, value: { outcome: 'done' } })
    await expectEnd(NEW)
  }, 120_000)

  it('a secondary, while a person thinks over the plan: refused before anything is changed', async () => {
    const order = { fleetFile: story.fleetFile, set: undefined, to: 'ns2', without: [], reason: undefined }
    const prepared = await prepareSwitchover(order)
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.error))
    await kill('e1')()
    const late = await prepared.value.start({ ...UNWATCHED, yes: 'given-by-a-person' })
    expect(late).toMatchObject({ ok: false, error: [{ code: 'check.servers-answer' }] })
    await prepared.value.close()
    await start('e1')
    await traffic.stop()
  })

  it('a secondary: refused, unless it is left out; later it catches up by itself', async () => {
    await kill('e1')()
    const refused = await switchOver(story, {})
    expect(refused.ok).toBe(false)
    const run = await switchOver(story, { without: ['e1'] })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done' } })
    await start('e1')
    await expectEnd(NEW)
  })
})
