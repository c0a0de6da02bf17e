import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { prepareDiscard, rescueList, rescueShow } from '../../src/app/commands/index.ts'
import { breakLab, labServerPaths } from '../../src/app/lab/index.ts'
import { dynamicZone } from '../support/fail-over.ts'
import { programsOf } from '../support/lab-programs.ts'
import { must, resolveActives } from '../support/rejoin.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'

let story: Story

afterEach(() => story.remove())

const RESCUE = { server: 'ns2', place: '1' } as const

it('orphans of one of two actives stay known, whatever becomes of the journal of the other', async () => {
  story = await beginStory()
  const { lab, fleetFile } = story
  const { update, rndc } = programsOf(lab)
  const zone = dynamicZone(lab)
  await must(breakLab(lab.folder, { kind: 'two-actives', server: 'ns2' }))
  update('ns2', `add orphan.${zone} 60 A 192.0.2.1`)
  update('ns1', `add survivor.${zone} 60 A 192.0.2.2`)
  expect(await resolveActives(story, 'ns1')).toMatchObject({ ok: true, value: { outcome: 'done' } })
  expect(await listed()).toMatchObject([{ orphans: 1, zonesUnclear: 0, state: 'new' }])

  rndc('ns1', 'sync', '-clean', zone)
  update('ns1', `add later.${zone} 60 A 192.0.2.3`)
  expect(await switchOver(story, { to: 'ns2' })).toMatchObject({ ok: true, value: { outcome: 'done' } })
  expect(await listed()).toMatchObject([{ orphans: 1, zonesUnclear: 0, state: 'new' }])
  const discard = await prepareDiscard({ fleetFile, ...RESCUE, reason: undefined })
  if (!discard.ok) throw new Error(JSON.stringify(discard.error))
  await discard.value.close()
  expect(discard.value.left).toMatchObject({ code: 'rescue.orphans-left' })
  expect(await shown(zone)).toEqual({ orphans: ['journal applies orphan'], troubles: [] })

  // As where nobody has written down where they parted: no serial proves that nothing was lost.
  const record = join(labServerPaths(lab.folder, 'ns2').configuration, 'baton', 'rescue', '1', 'replayed')
  writeFileSync(record, readFileSync(record, 'utf8').replace(/^fork=.*$/gm, ''))
  expect(await listed()).toMatchObject([{ state: 'unclear' }])
  const { orphans, troubles } = await shown(zone)
  expect(orphans.filter(told => told.endsWith('orphan'))).toEqual(['content unknown orphan'])
  expect(troubles).toContain('rescue.fork-unknown')
}, 120_000)

async function listed() {
  const read = await rescueList({ fleetFile: story.fleetFile })
  return read.ok ? read.value.rescues : []
}

async function shown(zone: string) {
  const read = await rescueShow({ fleetFile: story.fleetFile, ...RESCUE, zone })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  const [found] = read.value.zones
  const orphans = (found?.orphans ?? []).map(
    ({ source, verdict, added, deleted }) =>
      `${source} ${verdict} ${[...deleted, ...added].map(record => record.split('.')[0]).join(' ')}`,
  )
  return { orphans, troubles: (found?.troubles ?? []).map(({ code }) => code) }
}
