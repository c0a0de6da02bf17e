import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { rescueList, rescueShow } from '../../src/app/commands/index.ts'
import { breakLab, killServer, labServerPaths, mendLab } from '../../src/app/lab/index.ts'
import { dynamicZone, serialOn } from '../support/fail-over.ts'
import { promoteByHand } from '../support/guarded-lab.ts'
import { programsOf } from '../support/lab-programs.ts'
import { returnGuarded } from '../support/rescue-story.ts'
import { beginStory, type Story } from '../support/story.ts'
import { until } from '../support/until.ts'

let story: Story

afterEach(() => story.remove())

it('a promotion by hand wrote no fork down: the journals of both servers tell it', async () => {
  story = await beginStory()
  const { lab, fleetFile } = story
  const zone = dynamicZone(lab)
  const { update } = programsOf(lab)
  update('ns1', `add common.${zone} 60 A 192.0.2.1`)
  const serial = await serialOn(lab, 'ns1')
  await until('ns2 has it', async () => (await serialOn(lab, 'ns2')) === serial)
  await breakLab(lab.folder, { kind: 'hang', server: 'ns2' })
  await breakLab(lab.folder, { kind: 'hang', server: 'e1' })
  update('ns1', `add orphan.${zone} 60 A 192.0.2.2`)
  update('ns1', `delete common.${zone} A`)
  await killServer(lab, 'ns1')
  expect(await mendLab(lab.folder)).toMatchObject({ ok: true })
  await promoteByHand(lab, 'ns2')
  // The same serial as the orphan's, and another content: nothing but the journals can tell them apart.
  update('ns2', `add heir.${zone} 60 A 192.0.2.3`)
  expect(await serialOn(lab, 'ns2')).toBe(serial + 1)
  await returnGuarded(lab)

  const listed = await rescueList({ fleetFile })
  expect(listed.ok && listed.value.rescues).toMatchObject([{ orphans: 2, zonesUnclear: 0, state: 'new' }])
  const shown = await rescueShow({ fleetFile, server: 'ns1', place: '1', zone: undefined })
  expect(shown.ok && shown.value.zones).toMatchObject([
    {
      zone,
      fork: serial,
      forkKnown: 'matched',
      orphans: [{ verdict: 'applies' }, { verdict: 'applies' }],
      troubles: [],
    },
  ])
}, 60_000)

it('orphans are held against nobody while it is not known who is active', async () => {
  story = await beginStory()
  const { lab, fleetFile } = story
  programsOf(lab).update('ns1', `add orphan.${dynamicZone(lab)} 60 A 192.0.2.2`)
  await killServer(lab, 'ns1')
  await promoteByHand(lab, 'ns2')
  await returnGuarded(lab)
  const { configuration } = labServerPaths(lab.folder, 'ns2')
  copyFileSync(join(configuration, 'named.standby.conf'), join(configuration, 'named.conf'))
  programsOf(lab).rndc('ns2', 'reconfig')
  const shown = await rescueShow({ fleetFile, server: 'ns1', place: '1', zone: undefined })
  expect(shown).toMatchObject({ ok: true })
  expect(shown.ok && new Set(shown.value.problems.map(({ code }) => code))).toEqual(
    new Set(['rescue.active-unclear']),
  )
}, 60_000)
