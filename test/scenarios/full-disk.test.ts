import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rollback } from '../../src/app/commands/index.ts'
import { labServerPaths, startServer, stopServer } from '../../src/app/lab/index.ts'
import { dynamicZone } from '../support/fail-over.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { programsOf } from '../support/lab-programs.ts'
import { must } from '../support/rejoin.ts'
import { fill, mountOver } from '../support/small-disk.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'
import { until } from '../support/until.ts'

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

describe('a disk that is full under the zones of the old active', () => {
  let story: Story
  let zones: string
  let unmount: (() => void) | undefined

  beforeEach(async () => {
    story = await beginStory({}, { 'free-space-min': '1 KiB' })
    zones = join(labServerPaths(story.lab.folder, 'ns1').directory, 'zones')
    await must(stopServer(story.lab, 'ns1'))
    unmount = mountOver(zones)
    await must(startServer(story.lab, 'ns1', 'loaded'))
  })
  afterEach(async () => {
    await must(stopServer(story.lab, 'ns1'))
    unmount?.()
    await story.remove()
  })

  it('leaves it frozen rather than lose what is not written, and is taken back once there is room', async ({
    skip,
  }) => {
    if (unmount === undefined) skip(SKIPPED)
    const { lab, fleetFile } = story
    const { dig, rndc, update } = programsOf(lab)
    const zone = dynamicZone(lab)
    update('ns1', `add early.${zone} 60 A 192.0.2.1`)
    rndc('ns1', 'sync', zone)
    await until('it is written', () => readFileSync(join(zones, `${zone}.db`), 'utf8').includes('early'))
    update('ns1', `add late.${zone} 60 A 192.0.2.2`)
    const stopping = new AbortController()
    const full = join(zones, 'full')
    const moment = { ...FROZEN, when: 'before' } as const
    const stopped = await switchOver(story, {
      ...interruptAt(moment, async () => {
        fill(full)
        stopping.abort()
      }),
      signal: stopping.signal,
    })
    expect(stopped).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    expect(stopped.ok && stopped.value.problems.map(({ code }) => code)).toContain('engine.disk-behind')
    expect(() => update('ns1', `add refused.${zone} 60 A 192.0.2.3`)).toThrow('REFUSED')

    rmSync(full)
    expect(await rollback({ fleetFile, takeOver: true, watch: UNWATCHED })).toMatchObject({
      ok: true,
      value: { outcome: 'rolled-back' },
    })
    expect(dig('ns1', `late.${zone}`)).toBe('192.0.2.2')
    const standings = [{ active: 'ns1', term: 1 }]
    expect(await findFaults(lab, { standings, written: { updates: [], unacknowledged: [] } })).toEqual([])
  }, 120_000)
})
