import { describe, expect, it, onTestFinished } from 'vitest'
import type { RunDocument } from '../../src/app/contract/index.ts'
import { startServer } from '../../src/app/lab/index.ts'
import type { Problem, Result } from '../../src/core/base/index.ts'
import { dynamicZone } from '../support/fail-over.ts'
import { equalContent, guard, marker, orphans } from '../support/guarded-lab.ts'
import { forkByFailover, installStandby, must, rejoin, rescuesOn } from '../support/rejoin.ts'
import { beginStory, type Story } from '../support/story.ts'

const POLICY = { 'convergence-max': '30s' }

describe.each(['raised', 'kept'] as const)('a fork is seen and healed, serials %s', serials => {
  it('when the guard let the old active start as standby', async () => {
    const story = await begin()
    await forkByFailover(story, serials)
    expect((await guard(story.lab, 'ns1', 'boot')).exit).toBe(0)
    await must(startServer(story.lab, 'ns1', 'answering'))
    await expectRejoined(story, await rejoin(story, 'ns1'))
  })

  it('when a person made it a standby with the files that it had', async () => {
    const story = await begin()
    await forkByFailover(story, serials)
    installStandby(story.lab, 'ns1')
    await must(startServer(story.lab, 'ns1', 'loaded'))
    await expectRejoined(story, await rejoin(story, 'ns1'))
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
  })
})

async function begin(): Promise<Story> {
  const story = await beginStory({}, POLICY)
  onTestFinished(story.remove)
  return story
}

async function expectRejoined(story: Story, ended: Result<RunDocument, readonly Problem[]>): Promise<void> {
  expect(ended).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false, from: 'ns1', to: 'ns2' } })
  await equalContent(story.lab)
  expect(rescuesOn(story.lab, 'ns1')).toEqual(['1'])
  expect(await orphans(story.lab, 'ns1', dynamicZone(story.lab))).toContain('orphan')
  expect(await marker(story.lab, 'ns1')).toContain('"role=standby" "term=2"')
  const again = await rejoin(story, 'ns1')
  expect(again).toMatchObject({ ok: true, value: { outcome: 'nothing-to-do' } })
  expect(rescuesOn(story.lab, 'ns1')).toEqual(['1'])
}
