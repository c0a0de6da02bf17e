import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labServerPaths } from '../../src/app/lab/index.ts'
import { enlargeZones, zoneFileOf } from '../support/enlarge-zones.ts'
import { serialOn } from '../support/fail-over.ts'
import { dynamicZones, guard, rndc, update } from '../support/guarded-lab.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'
import { until } from '../support/until.ts'

/** named writes so many, in four zones one after another, for a second or more. */
const RECORDS = 60_000

let story: Story

beforeAll(async () => {
  story = await beginStory()
  const { lab } = story
  await enlargeZones(lab, RECORDS)
}, 120_000)
afterAll(() => story.remove())

it('are not thawed before they are written: a switchover that is stopped right after the freeze loses nothing', async () => {
  const { lab } = story
  // A thaw reads only files that are younger than the zone in memory.
  await updateAll('early')
  for (const zone of dynamicZones(story.lab)) {
    await rndc(lab, 'ns1', ['sync', zone])
    await until(`${zone} is written`, () =>
      readFileSync(zoneFileOf(story.lab, zone), 'utf8').includes('early'),
    )
  }
  await updateAll('late')
  const before = await serials()
  const stopping = new AbortController()
  const run = await switchOver(story, {
    to: 'ns2',
    signal: stopping.signal,
    onEvent: (event, { plan }) => {
      if (event.kind === 'step-began' && plan.steps[event.step]?.kind === 'freeze') stopping.abort()
    },
  })
  expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
  await updateAll('after')
  const after = await serials()
  for (const [index, serial] of before.entries()) expect(after[index]).toBeGreaterThan(serial)
}, 120_000)

it('are not saved by the guard before they are written: what an active has taken is in the rescue', async () => {
  const { lab } = story
  await updateAll('orphan')
  const order = ['step-down', 'default', '2', '2026-01-02T03:04:05Z'] as const
  const half = join(dirname(zoneFileOf(story.lab, dynamicZones(story.lab)[0])), 'tmp-half-written')
  writeFileSync(half, '')
  const ended = guard(lab, 'ns1', ...order)
  await awaitSecondLook()
  rmSync(half)
  expect(await ended).toMatchObject({ exit: 0 })
  for (const zone of dynamicZones(story.lab)) expect(savedText(zone)).toContain('orphan')
}, 120_000)

/** The guard looks again and again; each time it begins with a file. */
async function awaitSecondLook(): Promise<void> {
  const { configuration } = labServerPaths(story.lab.folder, 'ns1')
  const looks = new Set<number>()
  await until('the guard has looked twice', () => {
    looks.add(statSync(join(configuration, 'baton', 'guard.writing')).mtimeMs)
    return looks.size > 1
  })
}

/** The zone's file in the rescue of term 1, as text. */
function savedText(zone: string): string {
  const { configuration } = labServerPaths(story.lab.folder, 'ns1')
  return readFileSync(
    join(configuration, 'baton', 'rescue', '1', 'files', zoneFileOf(story.lab, zone)),
    'utf8',
  )
}

function serials(): Promise<readonly number[]> {
  return Promise.all(dynamicZones(story.lab).map(zone => serialOn(story.lab, 'ns1', zone)))
}

/** An update that is refused is tried again: named answers a thaw before it has loaded the zone. */
async function updateAll(label: string): Promise<void> {
  for (const zone of dynamicZones(story.lab)) await update(story.lab, { server: 'ns1', zone, label })
}
