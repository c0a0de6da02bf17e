import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { history, status } from '../../src/app/commands/index.ts'
import { findMissing, killServer } from '../../src/app/lab/index.ts'
import { addRecord, failOver, orderFailover } from '../support/fail-over.ts'
import { type CommandMoment, interruptAt } from '../support/interrupt.ts'
import { readDisk } from '../support/read-disk.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'
import { until } from '../support/until.ts'

const FROZEN = { when: 'after', command: 'freeze-all', server: 'ns1' } as const
const BEFORE_SWAP = { when: 'before', command: 'reconfig', server: 'ns2' } as const
const AFTER_SWAP = { when: 'after', command: 'reconfig', server: 'ns2' } as const
const BEFORE_DEMOTION = { when: 'before', command: 'reconfig', server: 'ns1' } as const
const AFTER_DEMOTION = { when: 'after', command: 'reconfig', server: 'ns1' } as const

describe('a server that dies for good in the middle of a switchover, and Baton with it', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory()
  })
  afterEach(() => story.remove())

  /** What was acknowledged by then; the records are where they were taken and on every server that answers. */
  const loseAt = async (moment: CommandMoment, gone: string) => {
    const traffic = startTraffic(story.lab, { updatesPerSecond: 20, queriesPerSecond: 20 })
    await until('updates are acknowledged', async () => traffic.progress().acknowledged > 10)
    const die = async () => {
      expect((await killServer(story.lab, gone)).ok).toBe(true)
      throw new Error('Baton died here')
    }
    await expect(switchOver(story, { ...interruptAt(moment, die) })).rejects.toThrow('Baton died here')
    const run = await failOver({ fleetFile: await checkOutAgain(story.lab) })
    const { acknowledged } = traffic.progress()
    await until('writes go on', async () => traffic.progress().acknowledged > acknowledged + 5)
    const { written, watched } = await traffic.stop()
    expect(watched.overlaps).toEqual([])
    return { run, written }
  }

  it.each([
    [FROZEN, 'ns1', 'ns2', 2, true],
    [BEFORE_SWAP, 'ns1', 'ns2', 3, false],
    [AFTER_SWAP, 'ns1', 'ns2', 3, false],
    [BEFORE_DEMOTION, 'ns1', 'ns2', 2, false],
    [AFTER_DEMOTION, 'ns2', 'ns1', 3, true],
  ] as const)('%o: %s is lost, %s takes over', async (...told) => {
    // Once the new active has caught up with the frozen one, and until it takes updates itself, nothing can be lost.
    const [moment, gone, heir, term, isLossPossible] = told
    const { run, written } = await loseAt(moment, gone)
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', from: gone, to: heir, term } })
    const left = story.lab.servers.flatMap(({ name, dns }) => (name === gone ? [] : [dns]))
    await until(
      'what was acknowledged is on every server that is left, or on the disk of the lost',
      async () => {
        const missing = await findMissing(written.updates, left)
        if (!missing.ok) return false
        const onDisk = missing.value.length === 0 ? '' : readDisk(story.lab, gone)
        return missing.value.every(({ update }) => isLossPossible && onDisk.includes(update.value))
      },
    )
    await addRecord(story.lab, heir, 'afterwards')
    const seen = await status(story)
    expect(seen.ok && seen.value.sets).toMatchObject([{ active: heir, term }])
    expect(seen.ok && seen.value.verdicts.map(({ code }) => code)).not.toContain('snapshot.run-unfinished')
    expect(await history(story)).toMatchObject({
      ok: true,
      value: {
        runs: [
          {
            operation: 'switchover',
            outcome: 'superseded',
            because: expect.stringMatching(`${gone} was lost.*by .*@`) as string,
          },
          { operation: 'failover', outcome: 'done', to: heir },
        ],
      },
    })
  })

  it('changes nothing in a preview, and refuses another server than the one that may have what was acknowledged', async () => {
    const die = async () => {
      await killServer(story.lab, 'ns1')
      throw new Error('Baton died here')
    }
    await expect(switchOver(story, { ...interruptAt(AFTER_SWAP, die) })).rejects.toThrow('Baton died here')
    const preview = await orderFailover(story, {})
    expect(preview.ok && preview.value.document.warnings[0]).toMatch(
      /This ends the switchover .* which lost ns1 in its promotion/,
    )
    if (preview.ok) await preview.value.close()
    const refused = await orderFailover(story, { from: 'ns2' })
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'failover.switchover-in-middle' }] })
    const seen = await status(story)
    expect(seen.ok && seen.value.verdicts.map(({ code }) => code)).toContain('snapshot.run-unfinished')
  })
})
