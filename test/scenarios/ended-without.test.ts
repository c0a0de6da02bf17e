import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { preparePush, resume, rollback, status } from '../../src/app/commands/index.ts'
import { killServer, labServerPaths, startServer } from '../../src/app/lab/index.ts'
import { addRecord, failOver, returnAsStandby } from '../support/fail-over.ts'
import { interruptAt } from '../support/interrupt.ts'
import {
  codesOf,
  forkByFailover,
  installStandby,
  makeActiveByHand,
  must,
  rejoin,
  resolveActives,
} from '../support/rejoin.ts'
import { beginStory, runToEnd, type Story, switchOver, UNWATCHED } from '../support/story.ts'

describe('a run that needs a server which is lost', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory({ peers: ['ns1', 'ns2', 'ns3'] }, { 'convergence-max': '5s' })
  })
  afterEach(() => story.remove())

  const order = () => ({ fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED })
  const codesNow = async () => {
    const seen = await status(story)
    return seen.ok ? seen.value.verdicts.map(({ code }) => code) : []
  }
  const remedyNow = async () => {
    const seen = await status(story)
    const found = seen.ok ? seen.value.verdicts : []
    return found.find(({ code }) => code === 'snapshot.run-unfinished')?.remedy ?? ''
  }
  const push = async (doors = {}) =>
    runToEnd(await preparePush({ fleetFile: story.fleetFile, reason: undefined, ...doors }))

  /** Every server gets a file, the active last; it dies before it reads it. */
  const pushUntilDeath = async () => {
    for (const { name } of story.lab.servers)
      appendFileSync(join(story.lab.folder, `base/${name}.conf`), '// changed\n')
    const moment = { when: 'before', command: 'reconfig', server: 'ns1' } as const
    const doors = interruptAt(moment, async () => void (await killServer(story.lab, 'ns1')))
    expect(await push(doors)).toMatchObject({ ok: true, value: { operation: 'push', outcome: 'incomplete' } })
  }

  it('is a push: taken back without the server, after which a failover is open', async () => {
    await pushUntilDeath()
    expect(await rollback(order())).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    expect(await remedyNow()).toContain('`baton rollback --without ns1`')
    const ended = await rollback({ ...order(), without: ['ns1'] })
    expect(ended).toMatchObject({ ok: true, value: { outcome: 'rolled-back', leftOut: ['ns1'] } })
    expect(JSON.stringify(ended)).toContain('until `baton push` once it is back')
    expect(await codesNow()).not.toContain('snapshot.run-unfinished')
    expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done' } })
    await returnAsStandby(story.lab, 'ns1')
    expect(await rejoin(story, 'ns1')).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect(await push()).toMatchObject({ ok: true, value: { outcome: 'done' } })
  })

  it('is a push that a failover ends by itself, by the files that the push had installed on the target', async () => {
    await pushUntilDeath()
    const run = await failOver(story)
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', from: 'ns1', term: 2 } })
    await addRecord(story.lab, run.ok ? (run.value.to ?? '') : '', 'afterwards')
    expect(await codesNow()).not.toContain('snapshot.run-unfinished')
  })

  it('is a rejoin whose guard refuses: it is given up, and ordered again', async () => {
    await story.remove()
    story = await beginStory()
    await forkByFailover(story, 'kept')
    installStandby(story.lab, 'ns1')
    await must(startServer(story.lab, 'ns1', 'loaded'))
    const rescue = join(labServerPaths(story.lab.folder, 'ns1').configuration, 'baton/rescue')
    writeFileSync(rescue, 'in the way of what is to be saved')
    expect(await rejoin(story, 'ns1')).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    expect(codesOf(await rollback(order()))).toEqual(['engine.past-return'])
    const given = await rollback({ ...order(), without: ['ns1'] })
    expect(given).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    expect(await codesNow()).not.toContain('snapshot.run-unfinished')
    rmSync(rescue)
    expect(await rejoin(story, 'ns1')).toMatchObject({ ok: true, value: { outcome: 'done' } })
  })

  it('is a rejoin whose server dies again, and then the active: the third peer takes over', async () => {
    await killServer(story.lab, 'ns1')
    expect(await failOver(story, { to: 'ns2' })).toMatchObject({ ok: true })
    expect(await rejoin(story, 'ns1')).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    await killServer(story.lab, 'ns2')
    const run = await failOver(story, { fencedByName: new Map([['ns1', 'its rack has no power']]) })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', from: 'ns2', to: 'ns3', term: 3 } })
    expect(await codesNow()).not.toContain('snapshot.run-unfinished')
  })

  it('is a resolve of whose two actives none is left: a third peer that was not told the term takes over', async () => {
    await makeActiveByHand(story.lab, 'ns2', 'by-hand')
    const moment = { when: 'before', command: 'reload', server: 'ns2' } as const
    const doors = interruptAt(moment, async () => void (await killServer(story.lab, 'ns2')))
    expect(await resolveActives(story, 'ns2', doors)).toMatchObject({
      ok: true,
      value: { outcome: 'incomplete' },
    })
    await killServer(story.lab, 'ns1')
    const given = await rollback({ ...order(), without: ['ns1', 'ns2'] })
    expect(given).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    const fencedByName = new Map(['ns1', 'ns2'].map(name => [name, 'its rack has no power']))
    const run = await failOver(story, { fenced: undefined, fencedByName })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', from: 'ns2', to: 'ns3', term: 3 } })
    await addRecord(story.lab, 'ns3', 'afterwards')
  })

  it('is no switchover: there a failover, or a fence, is the way', async () => {
    const moment = { when: 'before', command: 'reload', server: 'ns3' } as const
    const doors = interruptAt(moment, async () => void (await killServer(story.lab, 'ns3')))
    const run = await switchOver(story, { to: 'ns2', ...doors })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    expect(codesOf(await rollback({ ...order(), without: ['ns3'] }))).toEqual(['engine.not-without'])
    expect(await remedyNow()).toContain('`baton resume --fenced ns3=')
    const ended = await resume({ ...order(), fencedByName: new Map([['ns3', 'its rack has no power']]) })
    expect(ended).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
    expect((await startServer(story.lab, 'ns3', 'answering')).ok).toBe(true)
  })
})
