import { afterEach, describe, expect, it } from 'vitest'
import { check, preparePush, resume, rollback, status } from '../../src/app/commands/index.ts'
import { killServer } from '../../src/app/lab/index.ts'
import { type Moment, openCorpus } from '../support/corpus-lab.ts'
import { failOver } from '../support/fail-over.ts'
import { runToEnd, type Story, switchOver, UNWATCHED } from '../support/story.ts'

let story: Story

const begin = async (moment: Moment) => {
  story = await openCorpus(moment)
  return story
}
afterEach(() => story.remove())

describe('a fleet that Baton 0.1 made', () => {
  it('is well, passes its checks, and passes the role on before and after a push', async () => {
    const { fleetFile } = await begin('fleet')
    expect(await wellOf()).toEqual([])
    const checked = await check({ fleetFile, set: undefined, to: undefined, without: [] })
    expect(
      checked.ok && checked.value.checks.flatMap(({ reasons }) => reasons.map(({ code }) => code)),
    ).toEqual([])
    expect(await switchOver(story, {})).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
    const pushed = await runToEnd(await preparePush({ fleetFile, reason: undefined }))
    expect(pushed).toMatchObject({ ok: true, value: { problems: [] } })
    expect(await switchOver(story, {})).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns1' } })
    expect(await wellOf()).toEqual([])
  })

  it('fails over', async () => {
    const { lab } = await begin('fleet')
    await killServer(lab, 'ns1')
    expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
  })
})

describe('a switchover of Baton 0.1 that died', () => {
  it.each(['freeze', 'promote', 'demote', 'converge'] as const)(
    'at the beginning of %s is resumed',
    async moment => {
      const { fleetFile } = await begin(moment)
      const resumed = await resume({ fleetFile, takeOver: true, watch: UNWATCHED })
      expect(resumed).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2', term: 2 } })
      expect(await wellOf()).toEqual([])
    },
  )

  it.each(['freeze', 'promote'] as const)('at the beginning of %s is rolled back', async moment => {
    const { fleetFile } = await begin(moment)
    const back = await rollback({ fleetFile, takeOver: true, watch: UNWATCHED })
    expect(back).toMatchObject({ ok: true, value: { outcome: 'rolled-back', problems: [] } })
    expect(await wellOf()).toEqual([])
  })
})

/** The codes of all that is worse than a notice. */
async function wellOf(): Promise<readonly string[]> {
  const seen = await status({ fleetFile: story.fleetFile })
  if (!seen.ok) throw new Error(JSON.stringify(seen.error))
  return seen.value.verdicts.flatMap(({ severity, code }) => (severity === 'notice' ? [] : [code]))
}
