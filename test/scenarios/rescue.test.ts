import { afterEach, describe, expect, it } from 'vitest'
import { countOrphans } from '../../src/app/commands/count-orphans.ts'
import { openSession } from '../../src/app/commands/session.ts'
import { dynamicZone } from '../support/fail-over.ts'
import { beginForked } from '../support/rescue-story.ts'
import type { Story } from '../support/story.ts'

let story: Story

afterEach(() => story.remove())

async function count(place: string) {
  const session = await openSession({ fleetFile: story.fleetFile })
  if (!session.ok) throw new Error('no session')
  const counted = await countOrphans(session.value, { server: 'ns1', place })
  await session.value.close()
  return counted
}

describe('orphans', () => {
  it('are the updates that nobody else received, counted zone by zone', async () => {
    story = await beginForked({
      common: write => write('ns1', 'add before.@ 60 A 192.0.2.1'),
      orphans: write => {
        write('ns1', 'add orphan.@ 60 A 192.0.2.2')
        write('ns1', 'delete before.@ A')
      },
      since: write => write('ns2', 'add since.@ 60 A 192.0.2.3'),
    })
    expect(await count('1')).toEqual({
      ok: true,
      value: [{ zone: dynamicZone(story.lab), orphans: 2, troubles: [] }],
    })
    expect(await count('7')).toMatchObject({ ok: false, error: [{ code: 'rescue.not-found' }] })
  })
})
