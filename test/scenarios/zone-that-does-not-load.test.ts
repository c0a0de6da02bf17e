import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { breakLab, mendLab } from '../../src/app/lab/index.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'

const STATIC_ZONE = 'z1.example'
const OLD = { active: 'ns1', term: 1 }
const NOTHING_WRITTEN = { updates: [], unacknowledged: [] }

describe('a zone that no longer loads when the new active takes its configuration', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory()
  })
  afterEach(() => story.remove())

  /** After all checks, in the moment before the swap. */
  const spoil = () =>
    interruptAt({ when: 'before', command: 'reconfig', server: 'ns2' }, async () => {
      const broken = await breakLab(story.lab.folder, { kind: 'corrupt', server: 'ns2', zone: STATIC_ZONE })
      expect(broken.ok).toBe(true)
    })

  it('has everything put back, and the old active thawed', async () => {
    const run = await switchOver(story, { ...spoil() })
    expect(run).toMatchObject({
      ok: true,
      value: { outcome: 'rolled-back', problems: [{ code: 'engine.zones-not-right', subject: 'ns2' }] },
    })
    expect(run.ok && run.value.because).toContain(STATIC_ZONE)
    await mendLab(story.lab.folder)
    expect(await findFaults(story.lab, { standings: [OLD], written: NOTHING_WRITTEN })).toEqual([])
  })

  it('has the updates carried home that the new active had taken in its other zones', async () => {
    const traffic = startTraffic(story.lab, { updatesPerSecond: 40, queriesPerSecond: 50 })
    const run = await switchOver(story, { ...spoil() })
    const { written, turns, watched } = await traffic.stop()
    expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    await mendLab(story.lab.folder)
    expect(turns.map(({ server }) => server)).toEqual(['ns1', 'ns2', 'ns1'])
    expect(watched.overlaps).toEqual([])
    expect(await findFaults(story.lab, { standings: [OLD], written })).toEqual([])
  })
})
