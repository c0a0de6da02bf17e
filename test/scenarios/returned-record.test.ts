import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resume, rollback, status } from '../../src/app/commands/index.ts'
import { killServer, labServerPaths, startServer } from '../../src/app/lab/index.ts'
import { loseDisk } from '../support/burn.ts'
import { addRecord, failOver } from '../support/fail-over.ts'
import { marker } from '../support/guarded-lab.ts'
import { interruptAt } from '../support/interrupt.ts'
import { isLocked } from '../support/run-files.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'

const FROZEN = { when: 'after', command: 'freeze-all', server: 'ns1' } as const

describe('a server that was lost in a switchover, and comes back when the others keep no record of that run', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory({}, { 'keep-runs': 1 })
  })
  afterEach(() => story.remove())

  const paths = () => labServerPaths(story.lab.folder, 'ns1')

  it.each([rollback, resume])('%o makes no second active of it, and gives its lock back', async act => {
    const die = async () => {
      await killServer(story.lab, 'ns1')
      throw new Error('Baton died here')
    }
    await expect(switchOver(story, { ...interruptAt(FROZEN, die) })).rejects.toThrow('Baton died here')
    const { configuration } = paths()
    const disk = loseDisk(story.lab, 'ns1')
    expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
    await addRecord(story.lab, 'ns2', 'afterwards')
    disk.bringBack()
    expect((await startServer(story.lab, 'ns1', 'answering')).ok).toBe(true)
    expect(await marker(story.lab, 'ns1')).toContain('role=standby')

    const fleetFile = await checkOutAgain(story.lab)
    const ended = await act({ fleetFile, takeOver: true, watch: UNWATCHED })
    expect(await marker(story.lab, 'ns1')).toContain('role=standby')
    const seen = await status(story)
    expect(seen.ok && seen.value.sets).toMatchObject([{ active: 'ns2', term: 2 }])
    expect(ended).toMatchObject({ ok: true, value: { outcome: 'superseded', problems: [] } })
    expect(isLocked(join(configuration, 'baton'))).toBe(false)
  })
})
