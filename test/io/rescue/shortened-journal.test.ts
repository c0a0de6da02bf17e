import { afterEach, expect, it } from 'vitest'
import { rescueShow } from '../../../src/app/commands/index.ts'
import { dynamicZone } from '../../support/fail-over.ts'
import { beginForked } from '../../support/rescue-story.ts'
import type { Story } from '../../support/story.ts'

let story: Story

afterEach(() => story.remove())

it('orphans that named, or a person, took out of the journal are found in the file, and not replayed', async () => {
  story = await beginForked({
    common: write => write('ns1', 'add before.@ 60 A 192.0.2.1'),
    orphans: (write, { rndc }) => {
      write('ns1', 'add first.@ 60 A 192.0.2.2')
      write('ns1', 'delete before.@ A')
      rndc('ns1', 'sync', '-clean')
      write('ns1', 'add last.@ 60 A 192.0.2.3')
    },
    since: write => write('ns2', 'add since.@ 60 A 192.0.2.9'),
  })
  const { fleetFile, lab } = story
  const shown = await rescueShow({ fleetFile, server: 'ns1', place: '1', zone: undefined })
  if (!shown.ok) expect.fail('no rescue')
  const zone = shown.value.zones.find(found => found.zone === dynamicZone(lab))
  const told = zone?.orphans.map(({ source, verdict, added, deleted }) => {
    const names = [...deleted, ...added].map(record => record.split('.')[0])
    return `${source} ${verdict} ${names.join(' ')}`
  })
  expect(told?.toSorted()).toEqual([
    'content unknown before',
    'content unknown first',
    'journal applies last',
  ])
  expect(zone?.troubles.map(({ code }) => code)).toEqual(['rescue.fork-not-in-journal'])
})
