import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rescueList, resume, rollback } from '../../src/app/commands/index.ts'
import { dynamicZone } from '../support/fail-over.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { type LabPrograms, programsOf } from '../support/lab-programs.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'
import { until } from '../support/until.ts'

const OLD = { active: 'ns1', term: 1 }
const NEW = { active: 'ns2', term: 2 }
const CAUGHT_UP = { when: 'before', command: 'reconfig', server: 'ns2' } as const
const OPENED = { when: 'after', command: 'reconfig', server: 'ns2' } as const
const NOTHING_WRITTEN = { updates: [], unacknowledged: [] }

describe('an old active that a third hand thaws after it was frozen', () => {
  let story: Story
  let programs: LabPrograms
  let zone: string

  beforeEach(async () => {
    story = await beginStory({}, { 'write-pause-max': '10s' })
    programs = programsOf(story.lab)
    zone = dynamicZone(story.lab)
  })
  afterEach(() => story.remove())

  const thaw = async () => {
    programs.rndc('ns1', 'thaw', zone)
    await take('ns1', 'stray')
  }
  const take = (server: string, name: string) =>
    until(`${server} takes an update`, () => {
      programs.update(server, `add ${name}.${zone} 60 A 192.0.2.1`)
      return true
    })
  const die = () => Promise.reject(new Error('Baton died here'))
  const takeUp = async (act: typeof resume) =>
    act({ fleetFile: await checkOutAgain(story.lab), takeOver: true, watch: UNWATCHED })
  const everywhere = (name: string, address: string) =>
    Promise.all(
      ['ns1', 'ns2', 'e1'].map(server =>
        until(`${server} has ${name}`, () => programs.dig(server, `${name}.${zone}`) === address),
      ),
    )
  const expectRescued = async () =>
    expect(await rescueList({ fleetFile: story.fleetFile })).toMatchObject({
      ok: true,
      value: { rescues: [{ server: 'ns1', orphans: 1, state: 'new' }] },
    })

  it('is asked again before it becomes a standby, and what it took is saved', async () => {
    const run = await switchOver(story, interruptAt(OPENED, thaw))
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', unwell: true } })
    expect(run.ok && run.value.remarks.join('\n')).toContain('saved in baton/rescue on ns1')
    await expectRescued()
    expect(await findFaults(story.lab, { standings: [NEW], written: NOTHING_WRITTEN })).toEqual([])
  })

  it('while the run lies dead after the promotion, is asked by whoever resumes it', async () => {
    await expect(switchOver(story, interruptAt(OPENED, die))).rejects.toThrow('Baton died here')
    await thaw()
    expect(await takeUp(resume)).toMatchObject({ ok: true, value: { outcome: 'done' } })
    await expectRescued()
    expect(await findFaults(story.lab, { standings: [NEW], written: NOTHING_WRITTEN })).toEqual([])
  })

  it('keeps what it took when the promotion is taken back before anything else was taken', async () => {
    await expect(switchOver(story, interruptAt(CAUGHT_UP, die))).rejects.toThrow('Baton died here')
    await thaw()
    expect(await takeUp(rollback)).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    await everywhere('stray', '192.0.2.1')
    expect(await findFaults(story.lab, { standings: [OLD], written: NOTHING_WRITTEN })).toEqual([])
  })

  it('has it saved when both took something, and the promotion is taken back', async () => {
    await expect(switchOver(story, interruptAt(OPENED, die))).rejects.toThrow('Baton died here')
    await take('ns2', 'taken')
    await thaw()
    expect(await takeUp(rollback)).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    await everywhere('taken', '192.0.2.1')
    await expectRescued()
    expect(await findFaults(story.lab, { standings: [OLD], written: NOTHING_WRITTEN })).toEqual([])
  })
})
