import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { history, resume, rollback } from '../../src/app/commands/index.ts'
import type { RunDocument } from '../../src/app/contract/index.ts'
import { labServerPaths, startServer, stopServer } from '../../src/app/lab/index.ts'
import type { Problem, Result } from '../../src/core/base/index.ts'
import { dynamicZone } from '../support/fail-over.ts'
import { equalContent, guard, marker, orphans } from '../support/guarded-lab.ts'
import { codesOf, forkByFailover, installStandby, must, rejoin, rescuesOn } from '../support/rejoin.ts'
import { beginStory, type Story, UNWATCHED } from '../support/story.ts'

describe.each(['raised', 'kept'] as const)('a fork is seen and healed, serials %s', serials => {
  it('when the guard let the old active start as standby', async () => {
    const story = await begin()
    await forkByFailover(story, serials)
    expect((await guard(story.lab, 'ns1', 'boot')).exit).toBe(0)
    await must(startServer(story.lab, 'ns1', 'answering'))
    await expectRejoined(story, await rejoin(story, 'ns1'))
    await expectSaved(story)
  })

  it('when a person made it a standby with the files that it had', async () => {
    const story = await begin()
    await forkByFailover(story, serials)
    installStandby(story.lab, 'ns1')
    await must(startServer(story.lab, 'ns1', 'loaded'))
    const ended = await rejoin(story, 'ns1')
    // A raised serial makes its named take the whole zone by itself, and with it goes what nobody had saved.
    if (serials === 'kept') await expectSaved(story)
    await expectRejoined(story, ended)
  })

  it('when its named does not run, and a person starts it on the way', async () => {
    const story = await begin()
    await forkByFailover(story, serials)
    const starts: Promise<unknown>[] = []
    const ended = await rejoin(story, 'ns1', {
      onEvent: event => {
        const isReturn = event.kind === 'step-began' && event.step === 1
        if (isReturn) starts.push(must(startServer(story.lab, 'ns1', 'answering')))
      },
    })
    await Promise.all(starts)
    await expectRejoined(story, ended)
    await expectSaved(story)
    if (ended.ok) expect(ended.value.rescues).toEqual([expect.stringMatching(SAVED)])
  })
})

it('waits in vain for a named that nobody starts, and is resumed once somebody does', async () => {
  // As long as healing may take on a busy machine too, which is bounded by the same.
  const story = await begin('8s')
  await forkByFailover(story, 'kept')
  const ended = await rejoin(story, 'ns1')
  expect(ended).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
  if (ended.ok) expect(ended.value.problems[0]).toMatchObject({ code: 'rejoin.not-returned' })
  const { fleetFile } = story
  const options = { fleetFile, takeOver: true, watch: UNWATCHED }
  expect(codesOf(await rollback(options))).toEqual(['engine.past-return'])
  const asked: string[] = []
  const starts: Promise<unknown>[] = []
  const onAsk = ({ what }: { readonly what: string }) => {
    asked.push(what)
    starts.push(must(startServer(story.lab, 'ns1', 'answering')))
  }
  await expectRejoined(story, await resume({ ...options, watch: { ...UNWATCHED, onAsk } }))
  await Promise.all(starts)
  expect(asked).toEqual(['start named on ns1 now'])
  await expectSaved(story)
  const told = await history({ fleetFile })
  expect(told.ok && told.value.runs.at(-1)?.rescues).toEqual([expect.stringMatching(SAVED)])
})

it('removes nothing while it cannot save, and is resumed once it can', async () => {
  const story = await begin()
  await forkByFailover(story, 'kept')
  installStandby(story.lab, 'ns1')
  await must(startServer(story.lab, 'ns1', 'loaded'))
  const { configuration } = labServerPaths(story.lab.folder, 'ns1')
  const rescue = join(configuration, 'baton', 'rescue')
  writeFileSync(rescue, 'in the way')
  const ended = await rejoin(story, 'ns1')
  expect(ended).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
  if (ended.ok) expect(ended.value.problems[0]).toMatchObject({ code: 'rejoin.guard-failed' })
  rmSync(rescue)
  const { fleetFile } = story
  const resumed = await resume({ fleetFile, takeOver: true, watch: UNWATCHED })
  await expectRejoined(story, resumed)
  await expectSaved(story)
})

const SAVED =
  /^rescue of ns1, term 1: it holds 1 update that ns2 never received \(\S+ 1\): `baton rescue show ns1 1`$/

describe('what cannot rejoin is refused', () => {
  it('the active, a secondary, a server that nobody knows', async () => {
    const story = await begin()
    expect(codesOf(await rejoin(story, 'ns1'))).toEqual(['rejoin.is-active'])
    expect(codesOf(await rejoin(story, 'e1'))).toEqual(['rejoin.not-a-peer'])
    expect(codesOf(await rejoin(story, 'ns9'))).toEqual(['fleet.unknown-server'])
    expect(await rejoin(story, 'ns2')).toMatchObject({ ok: true, value: { outcome: 'nothing-to-do' } })
  })

  it('anybody while no active answers, and a server whose files nobody can read', async () => {
    const story = await begin()
    const { configuration } = labServerPaths(story.lab.folder, 'ns2')
    await must(stopServer(story.lab, 'ns2'))
    const state = join(configuration, 'baton', 'state')
    renameSync(state, `${state}.away`)
    mkdirSync(state)
    expect(codesOf(await rejoin(story, 'ns2'))).toEqual(['check.servers-answer'])
    rmdirSync(state)
    renameSync(`${state}.away`, state)
    await must(stopServer(story.lab, 'ns1'))
    const refused = await rejoin(story, 'ns2')
    expect(codesOf(refused)).toEqual(['rejoin.no-active'])
    if (!refused.ok) expect(JSON.stringify(refused.error)).toContain('ns1 was active in term 1')
  })
})

async function begin(convergenceMax = '30s'): Promise<Story> {
  const story = await beginStory({}, { 'convergence-max': convergenceMax })
  onTestFinished(story.remove)
  return story
}

async function expectRejoined(story: Story, ended: Result<RunDocument, readonly Problem[]>): Promise<void> {
  expect(ended).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false, from: 'ns1', to: 'ns2' } })
  await equalContent(story.lab)
  const rescues = rescuesOn(story.lab, 'ns1')
  expect(await marker(story.lab, 'ns1')).toContain('"role=standby" "term=2"')
  const again = await rejoin(story, 'ns1')
  expect(again).toMatchObject({ ok: true, value: { outcome: 'nothing-to-do' } })
  expect(rescuesOn(story.lab, 'ns1')).toEqual(rescues)
}

async function expectSaved({ lab }: Story): Promise<void> {
  expect(rescuesOn(lab, 'ns1')).toEqual(['1'])
  expect(await orphans(lab, 'ns1', dynamicZone(lab))).toContain('orphan')
}
