import { readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resume, rollback, status } from '../../src/app/commands/index.ts'
import { dynamicZone } from '../support/fail-over.ts'
import { findFaults } from '../support/find-faults.ts'
import { type CommandMoment, interruptAt } from '../support/interrupt.ts'
import { programsOf } from '../support/lab-programs.ts'
import { PushBench } from '../support/push-bench.ts'
import { codesOf } from '../support/rejoin.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { fill, mountOver } from '../support/small-disk.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'

const SKIPPED = 'only root can mount a small disk'
const NOTHING_WRITTEN = { updates: [], unacknowledged: [] }
const OLD = { standings: [{ active: 'ns1', term: 1 }] }
const NEW = { standings: [{ active: 'ns2', term: 2 }] }
/** A file on such a disk takes whole pages of it. */
const PAGE_BYTES = 4096
/** Far above what a small run records. */
const PAGES_MAX = 50

describe("a disk that is full on the operator's own machine", () => {
  let story: Story
  let folder: string
  let fleetFile: string
  let full: string
  let unmount: (() => void) | undefined

  beforeEach(async () => {
    story = await beginStory()
    fleetFile = await checkOutAgain(story.lab)
    folder = dirname(fleetFile)
    full = join(folder, 'full')
    unmount = mountOver(folder)
  })
  afterEach(async () => {
    unmount?.()
    await story.remove()
  })

  it('refuses a switchover whichever of its records does not fit: nothing is changed, and nothing locked', async ({
    skip,
  }) => {
    if (unmount === undefined) skip(SKIPPED)
    const { lab, remove } = story
    const bench = new PushBench(lab, remove)
    const filesNow = () => lab.servers.map(({ name }) => bench.filesOn(name))
    const before = filesNow()
    const unfit = new Set<string>()
    let run = await switchOverIn(0)
    for (let pages = 1; !run.ok && pages <= PAGES_MAX; pages++) {
      expect(codesOf(run)).toEqual(['hosts.disk-full'])
      for (const problem of run.error) if (problem.kind === 'failure') unfit.add(basename(problem.subject))
      expect(filesNow()).toEqual(before)
      expect(await status({ fleetFile })).toMatchObject({ ok: true, value: { well: true, verdicts: [] } })
      expect(await findFaults(lab, { ...OLD, written: NOTHING_WRITTEN })).toEqual([])
      run = await switchOverIn(pages)
    }
    expect([...unfit].map(name => (/^[0-9a-f]{64}$/.test(name) ? 'beside' : name))).toEqual([
      'beside',
      'plan.json',
      'who',
      'journal',
    ])
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect(run.ok && run.value.problems).toMatchObject([
      { code: 'hosts.disk-full', subject: `here:${join(folder, '.baton/history')}` },
    ])
    expect(await findFaults(lab, { ...NEW, written: NOTHING_WRITTEN })).toEqual([])
  })

  it('once the old active is frozen has everything put back', async ({ skip }) => {
    if (unmount === undefined) skip(SKIPPED)
    const traffic = startTraffic(story.lab, { updatesPerSecond: 30, queriesPerSecond: 50 })
    const run = await fillAt({ when: 'after', command: 'freeze-all', server: 'ns1' })
    const { written, watched } = await traffic.stop()
    // What could not be done next, and what the history of this machine lacks.
    const problems = [{ code: 'hosts.disk-full' }, { code: 'hosts.disk-full' }]
    expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back', problems } })
    expect(watched.overlaps).toEqual([])
    expect(await findFaults(story.lab, { ...OLD, written })).toEqual([])
  })

  it('once the new active takes writes leaves it so, and the run goes on when there is room', async ({
    skip,
  }) => {
    if (unmount === undefined) skip(SKIPPED)
    const { dig, update } = programsOf(story.lab)
    const name = `meanwhile.${dynamicZone(story.lab)}`
    const unfinished = { fleetFile, takeOver: true, watch: UNWATCHED }
    const traffic = startTraffic(story.lab, { updatesPerSecond: 30, queriesPerSecond: 50 })
    const run = await fillAt({ when: 'after', command: 'reconfig', server: 'ns2' })
    expect(run).toMatchObject({
      ok: true,
      value: { outcome: 'incomplete', problems: [{ code: 'hosts.disk-full' }] },
    })
    expect(() => update('ns1', `add ${name} 60 A 192.0.2.1`)).toThrow('REFUSED')
    update('ns2', `add ${name} 60 A 192.0.2.2`)
    expect(codesOf(await rollback(unfinished))).toEqual(['engine.past-return'])
    expect(codesOf(await resume(unfinished))).toEqual(['hosts.disk-full'])
    rmSync(full)
    expect(await resume(unfinished)).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false } })
    const { written, watched } = await traffic.stop()
    expect(watched.overlaps).toEqual([])
    expect(await findFaults(story.lab, { ...NEW, written })).toEqual([])
    expect(dig('ns1', name)).toBe('192.0.2.2')
  })

  /** With so much room, and nothing recorded yet. */
  function switchOverIn(pages: number) {
    rmSync(join(folder, '.baton'), { recursive: true, force: true })
    rmSync(full, { force: true })
    fill(full)
    truncateSync(full, statSync(full).size - pages * PAGE_BYTES)
    return switchOver({ fleetFile }, {})
  }

  /** Whatever still fitted into the last page of the journal is taken too. */
  function fillAt(moment: CommandMoment) {
    const runs = join(folder, '.baton/runs')
    const fillUp = async () => {
      for (const run of readdirSync(runs)) {
        const journal = join(runs, run, 'journal')
        const rest = PAGE_BYTES - (statSync(journal).size % PAGE_BYTES)
        writeFileSync(journal, '\n'.repeat(rest), { flag: 'a' })
      }
      fill(full)
    }
    return switchOver({ fleetFile }, interruptAt(moment, fillUp))
  }
})
