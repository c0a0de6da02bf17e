import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { history, resume } from '../../src/app/commands/index.ts'
import { breakLab, mendLab } from '../../src/app/lab/index.ts'
import { interruptAt } from '../support/interrupt.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'

const DEMOTED = { when: 'after', command: 'reconfig', server: 'ns1' } as const

describe('a step that was done and not well, in a run that then died', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory({}, { 'convergence-max': '2s' })
  })
  afterEach(() => story.remove())

  it('is not forgotten by whoever resumes it, nor by the history', async () => {
    const hang = async () => {
      expect((await breakLab(story.lab.folder, { kind: 'hang', server: 'e1' })).ok).toBe(true)
    }
    const died = switchOver(story, {
      ...interruptAt(DEMOTED, hang),
      questionMs: 1000,
      onEvent: (event, { plan }) => {
        if (event.kind === 'step-began' && plan.steps[event.step]?.kind === 'compare')
          throw new Error('Baton died here')
      },
    })
    await expect(died).rejects.toThrow('Baton died here')
    expect((await mendLab(story.lab.folder)).ok).toBe(true)
    const fleetFile = await checkOutAgain(story.lab)
    const resumed = await resume({ fleetFile, takeOver: true, watch: UNWATCHED })
    expect(resumed).toMatchObject({ ok: true, value: { outcome: 'done', unwell: true } })
    expect(await history({ fleetFile })).toMatchObject({
      ok: true,
      value: { runs: [{ outcome: 'done', unwell: true }] },
    })
  })
})
