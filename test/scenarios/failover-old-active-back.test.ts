import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resume, rollback, status, type UnfinishedOptions } from '../../src/app/commands/index.ts'
import { killServer, startServer } from '../../src/app/lab/index.ts'
import type { StepKind } from '../../src/core/plan/index.ts'
import { addRecord, failOver, returnAsStandby } from '../support/fail-over.ts'
import { interruptAt } from '../support/interrupt.ts'
import { beginStory, type Story, UNWATCHED } from '../support/story.ts'

const GONE = new Map([['ns2', 'its machine is gone']])

describe('a failover that lies unfinished when the old active is back', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory()
    await killServer(story.lab, 'ns1')
  })
  afterEach(() => story.remove())

  const dieIn = async (kind: StepKind) => {
    const run = failOver(story, {
      onEvent: (event, { plan }) => {
        const isThere = event.kind === 'step-began' && plan.steps[event.step]?.kind === kind
        if (isThere) throw new Error('Baton died here')
      },
    })
    await expect(run).rejects.toThrow('Baton died here')
  }
  const takeUp = (words: Partial<UnfinishedOptions> = {}) =>
    resume({ fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED, ...words })
  const refusals = [{ code: 'failover.active-answers', subject: 'ns1' }]
  const returnAsActive = async () => {
    expect(await startServer(story.lab, 'ns1', 'answering')).toMatchObject({ ok: true })
    await addRecord(story.lab, 'ns1', 'meanwhile')
  }
  const expectActive = async (active: string, term: number) => {
    const seen = await status(story)
    expect(seen.ok && seen.value.sets).toMatchObject([{ active, term }])
    expect(seen.ok && seen.value.verdicts.map(({ code }) => code)).not.toContain('snapshot.run-unfinished')
  }

  it('and takes writes: it is not opened beside it, and goes on once that one has stopped', async () => {
    await dieIn('raise')
    await returnAsActive()
    const refused = await takeUp()
    expect(refused).toMatchObject({ ok: true, value: { outcome: 'incomplete', problems: refusals } })
    const told = JSON.stringify(refused)
    expect(told).toContain('Stop its named, then `baton resume`')
    expect(told).toContain('`baton failover --fenced ns2=')
    await expect(addRecord(story.lab, 'ns2', 'beside')).rejects.toThrow('refused')
    await killServer(story.lab, 'ns1')
    expect(await takeUp()).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
    await expectActive('ns2', 2)
  })

  it.each(['raise', 'close', 'collect'] as const)(
    'and takes writes, while the new one dies in %s: it is made active again',
    async kind => {
      await dieIn(kind)
      await returnAsActive()
      await killServer(story.lab, 'ns2')
      const run = await failOver(story, { fenced: undefined, fencedByName: GONE })
      expect(run).toMatchObject({ ok: true, value: { outcome: 'done', from: 'ns2', to: 'ns1', term: 3 } })
      await addRecord(story.lab, 'ns1', 'afterwards')
      await expectActive('ns1', 3)
    },
  )

  it('as a standby, while the new one dies in its raise: it is made active again', async () => {
    await dieIn('raise')
    await returnAsStandby(story.lab, 'ns1')
    await killServer(story.lab, 'ns2')
    const run = await failOver(story, { from: 'ns2', to: 'ns1', fenced: 'its machine is gone' })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', from: 'ns2', to: 'ns1', term: 3 } })
    await addRecord(story.lab, 'ns1', 'afterwards')
    await expectActive('ns1', 3)
  })

  it('and takes writes before serials were raised: the run takes itself back', async () => {
    await dieIn('close')
    await returnAsActive()
    const back = await takeUp()
    expect(back).toMatchObject({ ok: true, value: { outcome: 'rolled-back', problems: refusals } })
    await expectActive('ns1', 1)
  })

  it('and takes writes, while the new one has stopped, closed: it is taken back without it', async () => {
    const die = () => Promise.reject(new Error('Baton died here'))
    const afterClose = interruptAt({ when: 'after', command: 'reconfig', server: 'ns2' }, die)
    await expect(failOver(story, afterClose)).rejects.toThrow('Baton died here')
    await returnAsActive()
    await killServer(story.lab, 'ns2')
    const back = await rollback({ fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED })
    expect(back).toMatchObject({ ok: true, value: { outcome: 'rolled-back', problems: [] } })
    expect(await startServer(story.lab, 'ns2', 'answering')).toMatchObject({ ok: true })
    await expectActive('ns1', 1)
  })

  it('as a standby of its old term: it goes on', async () => {
    await dieIn('raise')
    await returnAsStandby(story.lab, 'ns1')
    expect(await takeUp()).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
    await expectActive('ns2', 2)
  })

  it('and a person knows who answers in its place: it goes on', async () => {
    await dieIn('raise')
    expect(await startServer(story.lab, 'ns1', 'answering')).toMatchObject({ ok: true })
    const fencedByName = new Map([['ns1', 'it is another machine']])
    expect(await takeUp({ fencedByName })).toMatchObject({ ok: false, error: refusals })
    const run = await takeUp({ fencedByName, despiteAnswer: ['ns1'] })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
  })
})
