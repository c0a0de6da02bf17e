import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { history, resume, rollback } from '../../src/app/commands/index.ts'
import { removePrograms } from '../../tools/proof/bundled.ts'
import { sleepAt } from '../../tools/proof/die-at.ts'
import { pickNumber } from '../../tools/proof/sample-writes.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'

const OLD = { active: 'ns1', term: 1 }
const NEW = { active: 'ns2', term: 2 }
const SEED = 20261122
/** Between these a small switchover has frozen the old active, and is not at its end. */
const WRITES = { min: 36, max: 54 }
/** A line of the journal goes to every copy at once. */
const COPIES = 3

afterAll(removePrograms)

describe('a process that was asleep while another took its run over', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory()
  })
  afterEach(() => story.remove())

  const takeUp = async (act: typeof resume) =>
    act({ fleetFile: await checkOutAgain(story.lab), takeOver: true, watch: UNWATCHED })

  it.each([
    ['after', 'freeze-all', 'ns1', resume, NEW],
    ['after', 'reconfig', 'ns2', resume, NEW],
    ['after', 'reconfig', 'ns1', resume, NEW],
    ['after', 'freeze-all', 'ns1', rollback, OLD],
  ] as const)('wakes %s %s on %s, changes nothing, and says who has the run', async (...told) => {
    const [when, command, server, act, standing] = told
    const traffic = startTraffic(story.lab, { updatesPerSecond: 30, queriesPerSecond: 30 })
    const meanwhile = async () => {
      expect(await takeUp(act)).toMatchObject({ ok: true, value: { problems: [] } })
    }
    const run = await switchOver(story, { ...interruptAt({ when, command, server }, meanwhile) })
    const { written, watched } = await traffic.stop()
    expect(run).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    expect(run.ok && run.value.problems).toMatchObject([
      { code: 'engine.overtaken', because: expect.stringContaining('has taken it over') as string },
    ])
    expect(watched.overlaps).toEqual([])
    expect(await findFaults(story.lab, { standings: [standing], written })).toEqual([])
    expect(await history(story)).toMatchObject({ ok: true, value: { runs: [{ to: 'ns2' }] } })
  })

  it('for real, with SIGSTOP, writes nothing any more', async () => {
    const write = pickNumber(WRITES, SEED)
    const order = { fleetFile: story.fleetFile, operation: 'switchover', to: 'ns2', moment: 'after' } as const
    const traffic = startTraffic(story.lab, { updatesPerSecond: 30, queriesPerSecond: 30 })
    const ended = await sleepAt({ ...order, write }, async () => {
      expect(await takeUp(resume)).toMatchObject({ ok: true, value: { outcome: 'done', problems: [] } })
    })
    const { written, watched } = await traffic.stop()
    expect(ended).toMatchObject({
      kind: 'lived',
      outcome: expect.stringMatching(/^incomplete: (engine.overtaken|hosts.deposed)$/) as string,
    })
    expect(ended.kind === 'lived' && ended.writes - write).toBeLessThan(COPIES)
    expect(watched.overlaps).toEqual([])
    expect(await findFaults(story.lab, { standings: [NEW], written })).toEqual([])
  })
})
