import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { history, status } from '../../src/app/commands/index.ts'
import { killServer } from '../../src/app/lab/index.ts'
import { addRecord, failOver, orderFailover } from '../support/fail-over.ts'
import { type CommandMoment, interruptAt } from '../support/interrupt.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'

const BEFORE_CLOSE = { when: 'before', command: 'reconfig', server: 'ns2' } as const
const AFTER_OPEN = { when: 'before', command: 'reload', server: 'ns3' } as const
const BEFORE_SWAP = { when: 'before', command: 'reconfig', server: 'ns2' } as const
const DOWN = 'its rack has no power'

describe('three peers, of which two die', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory({ peers: ['ns1', 'ns2', 'ns3'] })
  })
  afterEach(() => story.remove())

  /** Doors behind which these servers die at that moment, and Baton with them. */
  const dieAt = (moment: CommandMoment, ...gone: readonly string[]) =>
    interruptAt(moment, async () => {
      for (const server of gone) await killServer(story.lab, server)
      throw new Error('Baton died here')
    })

  const expectThird = async (term: number, ended: string) => {
    await addRecord(story.lab, 'ns3', 'afterwards')
    const seen = await status(story)
    expect(seen.ok && seen.value.sets).toMatchObject([{ active: 'ns3', term }])
    expect(seen.ok && seen.value.verdicts.map(({ code }) => code)).not.toContain('snapshot.run-unfinished')
    const runs = await history(story)
    expect(runs).toMatchObject({
      ok: true,
      value: {
        runs: [
          { operation: ended, outcome: 'superseded' },
          { operation: 'failover', outcome: 'done', to: 'ns3' },
        ],
      },
    })
  }

  it.each([
    [BEFORE_CLOSE, 'ns1'],
    [AFTER_OPEN, 'ns2'],
  ] as const)('%o of a failover, its new active too: the third takes over from %s', async (moment, from) => {
    await killServer(story.lab, 'ns1')
    await expect(failOver(story, { to: 'ns2', ...dieAt(moment, 'ns2') })).rejects.toThrow('Baton died here')
    const fleetFile = await checkOutAgain(story.lab)
    const byName = new Map([['ns2', DOWN]])
    if (from === 'ns1') {
      const refused = await orderFailover({ fleetFile }, {})
      expect(refused).toMatchObject({ ok: false, error: [{ code: 'check.nobody-active', subject: 'ns2' }] })
    }
    const run = await failOver({ fleetFile }, { fenced: undefined, fencedByName: byName })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', from, to: 'ns3', term: 3 } })
    await expectThird(3, 'failover')
  })

  it('in the promotion of a switchover, both: the third takes over', async () => {
    const doors = dieAt(BEFORE_SWAP, 'ns1', 'ns2')
    await expect(switchOver(story, { to: 'ns2', ...doors })).rejects.toThrow('Baton died here')
    const fleetFile = await checkOutAgain(story.lab)
    const refused = await orderFailover({ fleetFile }, {})
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'check.nobody-active', subject: 'ns1' }] })
    const run = await failOver({ fleetFile }, { fencedByName: new Map([['ns1', DOWN]]) })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', from: 'ns2', to: 'ns3', term: 3 } })
    await expectThird(3, 'switchover')
  })
})
