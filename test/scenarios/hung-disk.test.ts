import { afterEach, beforeEach, expect, it } from 'vitest'
import { labServerPaths } from '../../src/app/lab/index.ts'
import { canFreezeDisks, type FreezableDisk, mountFreezableDisk } from '../../tools/proof/freezable-disk.ts'
import { addRecord } from '../support/fail-over.ts'
import { interruptAt } from '../support/interrupt.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'
import { until } from '../support/until.ts'

const FROZEN = { when: 'after', command: 'freeze-all', server: 'ns1' } as const
const TEST_MS = 300_000

let story: Story
let disk: FreezableDisk | undefined

beforeEach(async () => {
  story = await beginStory()
  disk = (await canFreezeDisks())
    ? await mountFreezableDisk(labServerPaths(story.lab.folder, 'ns2').configuration)
    : undefined
})
afterEach(async () => {
  await disk?.remove()
  await story.remove()
})

it(
  'a disk of the new active that hangs in the write pause does not keep writes stopped on the old one',
  async ({ skip }) => {
    if (disk === undefined) return skip('only root can freeze a disk')
    const hang: FreezableDisk = disk
    let hangs = false
    const freeze = async () => {
      await hang.freeze()
      hangs = true
    }
    const run = switchOver(story, { ...interruptAt(FROZEN, freeze) })
    await until('the disk hangs', () => hangs)
    try {
      await until('the old active takes updates again', async () => {
        await addRecord(story.lab, 'ns1', 'afterwards')
        return true
      })
    } finally {
      await hang.thaw()
    }
    expect(await run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
  },
  TEST_MS,
)
