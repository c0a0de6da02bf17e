import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StepKind } from '../../src/core/plan/index.ts'
import { findFaults } from '../support/find-faults.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'

describe('Ctrl-C', () => {
  let story: Story

  beforeAll(async () => {
    story = await beginStory()
  })
  afterAll(() => story.remove())

  const stopAt = async (kind: StepKind) => {
    const stopping = new AbortController()
    const traffic = startTraffic(story.lab, { updatesPerSecond: 40, queriesPerSecond: 50 })
    const run = await switchOver(story, {
      to: 'ns2',
      signal: stopping.signal,
      onEvent: (event, { plan }) => {
        if (event.kind === 'step-began' && plan.steps[event.step]?.kind === kind) stopping.abort()
      },
    })
    return { run, evidence: await traffic.stop() }
  }

  it.each<StepKind>(['settle', 'freeze', 'catch-up'])('in the step %s takes all back', async kind => {
    const { run, evidence } = await stopAt(kind)
    expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    expect(evidence.turns.map(({ server }) => server)).toEqual(['ns1'])
    const standings = [{ active: 'ns1', term: 1 }]
    expect(await findFaults(story.lab, { standings, written: evidence.written })).toEqual([])
  })

  it('once writes are open on the new active lets the run go on to its end', async () => {
    const { run, evidence } = await stopAt('demote')
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect(evidence.watched.overlaps).toEqual([])
    const standings = [{ active: 'ns2', term: 2 }]
    expect(await findFaults(story.lab, { standings, written: evidence.written })).toEqual([])
  })
})
