import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { preparePeerRemove, resume, rollback, status } from '../../src/app/commands/index.ts'
import { killServer, labServerPaths, startServer } from '../../src/app/lab/index.ts'
import type { StepKind } from '../../src/core/plan/index.ts'
import { burn } from '../support/burn.ts'
import { addRecord, failOver } from '../support/fail-over.ts'
import { codesOf } from '../support/rejoin.ts'
import { beginStory, type Following, type Story, switchOver, UNWATCHED } from '../support/story.ts'

describe('a new active that burns before it takes writes, while Baton is dead', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory({ peers: ['ns1', 'ns2', 'ns3'] })
  })
  afterEach(() => story.remove())

  const order = () => ({ fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED })
  const fenced = (...names: readonly string[]) => new Map(names.map(name => [name, 'burnt']))
  const dieAt = (kind: StepKind): Following => ({
    onEvent: (event, { plan }) => {
      if (event.kind === 'step-began' && plan.steps[event.step]?.kind === kind)
        throw new Error('Baton died here')
    },
  })
  const toldNow = async () => {
    const seen = await status(story)
    const found = seen.ok ? seen.value.verdicts : []
    return found.find(({ code }) => code === 'snapshot.run-unfinished')?.remedy
  }
  const remedyOf = (refused: Awaited<ReturnType<typeof resume>>) =>
    refused.ok ? '' : refused.error.map(({ remedy }) => remedy).join(' ')
  const died = 'Baton died here'
  const WITHOUT = '`baton rollback --without ns2`'

  it('a switchover is taken back without it, and every refusal says so', async () => {
    await expect(switchOver(story, { to: 'ns2', ...dieAt('catch-up') })).rejects.toThrow(died)
    const healthy = await toldNow()
    expect(healthy).toMatch(
      /If ns1 is lost for good, `baton failover --fenced ns1=.*If ns2 is, .*--without ns2`/,
    )
    await burn(story.lab, 'ns2')
    expect(await toldNow()).toContain(WITHOUT)
    const resumed = await resume({ ...order(), fencedByName: fenced('ns2') })
    expect(codesOf(resumed)).toEqual(['engine.needs-fenced'])
    expect(remedyOf(resumed)).toContain(WITHOUT)
    const neither = await rollback({ ...order(), without: ['ns1', 'ns2'] })
    expect(codesOf(neither)).toEqual(['engine.not-without'])
    const removal = await preparePeerRemove({
      fleetFile: story.fleetFile,
      servers: ['ns2'],
      reason: 'burnt',
      despiteAnswer: [],
    })
    expect(JSON.stringify(removal)).toContain(WITHOUT)
    const ended = await rollback({ ...order(), without: ['ns2'] })
    expect(ended).toMatchObject({
      ok: true,
      value: { outcome: 'rolled-back', leftOut: ['ns2'], problems: [] },
    })
    await addRecord(story.lab, 'ns1', 'afterwards')
    expect(await toldNow()).toBeUndefined()
  })

  it('once its promotion had begun a failover is the way, and is named', async () => {
    await expect(switchOver(story, { to: 'ns2', ...dieAt('promote') })).rejects.toThrow(died)
    await burn(story.lab, 'ns2')
    const refused = await rollback({ ...order(), without: ['ns2'] })
    expect(codesOf(refused)).toEqual(['engine.not-without'])
    expect(remedyOf(refused)).toContain('If ns2 is lost, `baton failover --fenced ns2=')
    const run = await failOver(story, { fenced: undefined, fencedByName: fenced('ns2') })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns1' } })
  })

  it('a failover is taken back without it, once the old active is back', async () => {
    await killServer(story.lab, 'ns1')
    await expect(failOver(story, { to: 'ns2', ...dieAt('close') })).rejects.toThrow(died)
    await burn(story.lab, 'ns2')
    expect(codesOf(await rollback({ ...order(), without: ['ns2'] }))).toEqual(['engine.not-without'])
    await story.remove()
    story = await beginStory({ peers: ['ns1', 'ns2', 'ns3'] })
    await killServer(story.lab, 'ns1')
    await expect(failOver(story, { to: 'ns2', ...dieAt('note') })).rejects.toThrow(died)
    await burn(story.lab, 'ns2')
    expect(await toldNow()).toContain('baton failover --fenced ns2=')
    expect(await toldNow()).toContain(WITHOUT)
    const { configuration } = labServerPaths(story.lab.folder, 'ns3')
    expect(existsSync(join(configuration, 'baton/fenced/ns1'))).toBe(true)
    expect(await startServer(story.lab, 'ns1', 'answering')).toMatchObject({ ok: true })
    const ended = await rollback({ ...order(), without: ['ns2'] })
    expect(ended).toMatchObject({
      ok: true,
      value: { outcome: 'rolled-back', leftOut: ['ns2'], problems: [] },
    })
    expect(existsSync(join(configuration, 'baton/fenced/ns1'))).toBe(false)
    await addRecord(story.lab, 'ns1', 'afterwards')
  })
})
