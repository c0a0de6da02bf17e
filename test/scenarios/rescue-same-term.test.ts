import { afterEach, expect, it } from 'vitest'
import { rescueShow } from '../../src/app/commands/index.ts'
import { dynamicZone, serialOn } from '../support/fail-over.ts'
import { promoteByHand } from '../support/guarded-lab.ts'
import { programsOf } from '../support/lab-programs.ts'
import { rejoin, rescuesOn, resolveActives } from '../support/rejoin.ts'
import { beginForked } from '../support/rescue-story.ts'
import type { Story } from '../support/story.ts'
import { until } from '../support/until.ts'

let story: Story

afterEach(() => story.remove())

it('a server that is active again in the term of its fall holds no orphan of what it received in between', async () => {
  story = await beginForked({ orphans: write => write('ns1', 'add first.@ 60 A 192.0.2.1') })
  const { lab, fleetFile } = story
  const zone = dynamicZone(lab)
  const { update } = programsOf(lab)
  await rejoin(story, 'ns1')
  const received = async () => {
    const serial = await serialOn(lab, 'ns2')
    await until('ns1 has it', async () => (await serialOn(lab, 'ns1')) === serial)
    return serial
  }
  await received()
  update('ns2', `add deleted.${zone} 60 A 192.0.2.2`)
  update('ns2', `add kept.${zone} 60 A 192.0.2.3`)
  const fork = await received()
  await promoteByHand(lab, 'ns1')
  update('ns2', `delete deleted.${zone} A`)
  update('ns1', `add second.${zone} 60 A 192.0.2.4`)
  expect(await resolveActives(story, 'ns2')).toMatchObject({ ok: true, value: { outcome: 'done' } })
  expect(rescuesOn(lab, 'ns1')).toContain('2')

  const shown = await rescueShow({ fleetFile, server: 'ns1', place: '2', zone: undefined })
  if (!shown.ok) expect.fail('no rescue')
  const found = shown.value.zones.find(each => each.zone === zone)
  expect(found).toMatchObject({ fork, forkKnown: 'recorded', troubles: [] })
  expect(found?.orphans.map(({ added, verdict }) => `${added.join()} ${verdict}`)).toEqual([
    expect.stringMatching(/^second\.\S+ 60 .*A 192\.0\.2\.4 applies$/),
  ])
  expect(shown.value.zones.filter(({ orphans }) => orphans.length > 0)).toHaveLength(1)
}, 120_000)
