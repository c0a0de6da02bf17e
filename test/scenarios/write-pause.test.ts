import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rollback } from '../../src/app/commands/index.ts'
import { breakLab, mendLab } from '../../src/app/lab/index.ts'
import type { Failure } from '../../src/core/base/index.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'
import { startTraffic, type Traffic } from '../support/traffic.ts'

const FROZEN = { when: 'after', command: 'freeze-all', server: 'ns1' } as const
const OLD = { active: 'ns1', term: 1 }

describe('a server that hangs once the old active is frozen', () => {
  let story: Story
  let traffic: Traffic

  beforeEach(async () => {
    story = await beginStory({}, { 'write-pause-max': '3s' })
    traffic = startTraffic(story.lab, { updatesPerSecond: 30, queriesPerSecond: 30 })
  })
  afterEach(async () => {
    await mendLab(story.lab.folder)
    await story.remove()
  })

  const hangOnceFrozen = async (server: string) => {
    const failures: Failure[] = []
    const hang = async () => {
      expect((await breakLab(story.lab.folder, { kind: 'hang', server })).ok).toBe(true)
    }
    const run = await switchOver(story, {
      ...interruptAt(FROZEN, hang),
      onEvent: event => {
        if (event.kind === 'step-failed') failures.push(event.failure)
      },
    })
    return { run, failures }
  }

  const expectEnd = async () => {
    const { written, watched } = await traffic.stop()
    expect(watched.overlaps).toEqual([])
    expect(await findFaults(story.lab, { standings: [OLD], written })).toEqual([])
  }

  it('the new active: the pause is over, everything is taken back, and it is said why', async () => {
    const { run } = await hangOnceFrozen('ns2')
    expect(run).toMatchObject({
      ok: true,
      value: { outcome: 'rolled-back', problems: [{ code: 'engine.pause-over', subject: 'ns2' }] },
    })
    expect(run.ok && run.value.because).toContain('gave up after 3 s without writes (write-pause-max)')
    await mendLab(story.lab.folder)
    await expectEnd()
  })

  it('the old one: the pause is over, and what cannot be thawed yet is rolled back when it answers again', async () => {
    const { run, failures } = await hangOnceFrozen('ns1')
    expect(failures[0]).toMatchObject({ code: 'engine.pause-over' })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    await mendLab(story.lab.folder)
    const fleetFile = await checkOutAgain(story.lab)
    expect(await rollback({ fleetFile, takeOver: true, watch: UNWATCHED })).toMatchObject({
      ok: true,
      value: { outcome: 'rolled-back', problems: [] },
    })
    await expectEnd()
  })
})
