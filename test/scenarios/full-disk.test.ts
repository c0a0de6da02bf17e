import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { labServerPaths } from '../../src/app/lab/index.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { fill, mountOver } from '../support/small-disk.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'

const FROZEN = { when: 'after', command: 'freeze-all', server: 'ns1' } as const
const SKIPPED = 'only root can mount a small disk'

describe('a disk that is full on the new active', () => {
  let story: Story
  let unmount: (() => void) | undefined

  beforeEach(async () => {
    story = await beginStory({}, { 'free-space-min': '1 KiB' })
    unmount = mountOver(labServerPaths(story.lab.folder, 'ns2').configuration)
  })
  afterEach(async () => {
    unmount?.()
    await story.remove()
  })

  it('once the old one is frozen has everything put back', async ({ skip }) => {
    if (unmount === undefined) skip(SKIPPED)
    const traffic = startTraffic(story.lab, { updatesPerSecond: 30, queriesPerSecond: 50 })
    const { configuration } = labServerPaths(story.lab.folder, 'ns2')
    const full = join(configuration, 'full')
    const run = await switchOver(story, { ...interruptAt(FROZEN, async () => fill(full)) })
    const { written, watched } = await traffic.stop()
    expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    expect(run.ok && run.value.problems.map(({ code }) => code)).toContain('hosts.disk-full')
    writeFileSync(full, '')
    expect(watched.overlaps).toEqual([])
    const standings = [{ active: 'ns1', term: 1 }]
    expect(await findFaults(story.lab, { standings, written })).toEqual([])
  })
})
