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
  expect(await told(story)).toEqual({
    orphans: ['content unknown before', 'content unknown first', 'journal applies last'],
    troubles: ['rescue.fork-not-in-journal'],
  })
})

it('one update that was sent to both servers, and got the same serial by chance, hides none that came before it', async () => {
  story = await beginForked({
    orphans: (write, { rndc }) => {
      write('ns1', 'add first.@ 60 A 192.0.2.2')
      rndc('ns1', 'sync', '-clean')
      write('ns1', 'add both.@ 60 A 192.0.2.4')
      write('ns1', 'add last.@ 60 A 192.0.2.3')
    },
    telling: { serials: 'kept' },
    since: write => {
      write('ns2', 'add since.@ 60 A 192.0.2.9')
      write('ns2', 'add both.@ 60 A 192.0.2.4')
    },
  })
  expect(await told(story)).toEqual({
    orphans: ['content already-there both', 'content unknown first', 'journal applies last'],
    troubles: ['rescue.fork-not-in-journal'],
  })
})

/** What `rescue show` says of the one zone that was written to. */
async function told({ fleetFile, lab }: Story) {
  const shown = await rescueShow({ fleetFile, server: 'ns1', place: '1', zone: undefined })
  if (!shown.ok) expect.fail('no rescue')
  const zone = shown.value.zones.find(found => found.zone === dynamicZone(lab))
  const orphans = zone?.orphans.map(({ source, verdict, added, deleted }) => {
    const names = [...deleted, ...added].map(record => record.split('.')[0])
    return `${source} ${verdict} ${names.join(' ')}`
  })
  return { orphans: orphans?.toSorted(), troubles: zone?.troubles.map(({ code }) => code) }
}
