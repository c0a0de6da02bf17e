import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { history, resume, rollback, status } from '../../src/app/commands/index.ts'
import { killServer } from '../../src/app/lab/index.ts'
import { failOver, returnAsStandby } from '../support/fail-over.ts'
import { marker } from '../support/guarded-lab.ts'
import { type CommandMoment, interruptAt } from '../support/interrupt.ts'
import { fileOfRun, isLocked, recordFolders } from '../support/run-files.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'

const FROZEN = { when: 'after', command: 'freeze-all', server: 'ns1' } as const
const AFTER_SWAP = { when: 'after', command: 'reconfig', server: 'ns2' } as const
const AFTER_DEMOTION = { when: 'after', command: 'reconfig', server: 'ns1' } as const

let story: Story

beforeEach(async () => {
  story = await beginStory()
})
afterEach(() => story.remove())

async function loseAt(moment: CommandMoment, gone: string): Promise<void> {
  const die = async () => {
    expect((await killServer(story.lab, gone)).ok).toBe(true)
    throw new Error('Baton died here')
  }
  await expect(switchOver(story, { ...interruptAt(moment, die) })).rejects.toThrow('Baton died here')
}

const codesNow = async () => {
  const seen = await status(story)
  return seen.ok ? seen.value.verdicts.map(({ code }) => code) : []
}

it('a failover that cannot end the run from which it went on keeps the fleet until it is resumed', async () => {
  await loseAt(FROZEN, 'ns1')
  const ns2 = recordFolders(story.lab)[2] ?? ''
  const journal = fileOfRun(ns2, 'journal')
  // A file that gives an error, as on a bad disk.
  const spoil = async () => {
    renameSync(journal, `${journal}.kept`)
    mkdirSync(journal)
  }
  const run = await failOver(story, interruptAt(AFTER_SWAP, spoil))
  expect(run).toMatchObject({
    ok: true,
    value: { outcome: 'done', to: 'ns2', problems: [{ code: 'engine.record-unreadable' }] },
  })
  expect(run.ok && run.value.remarks.join()).toContain('the locks stay until `baton resume` does it')
  expect(isLocked(ns2)).toBe(true)
  expect(await codesNow()).toContain('snapshot.run-unfinished')
  rmdirSync(journal)
  renameSync(`${journal}.kept`, journal)
  const { fleetFile } = story
  expect(await resume({ fleetFile, takeOver: true, watch: UNWATCHED })).toMatchObject({
    ok: true,
    value: { operation: 'failover', outcome: 'done', problems: [] },
  })
  expect(isLocked(ns2)).toBe(false)
  expect(await history(story)).toMatchObject({
    value: { runs: [{ operation: 'switchover', outcome: 'superseded' }, { operation: 'failover' }] },
  })
})

describe('the new active of a switchover that comes back when nobody knows any more that a failover ended it', () => {
  it.each([AFTER_SWAP, AFTER_DEMOTION])('%o: nothing is taken on or back', async moment => {
    await loseAt(moment, 'ns2')
    const [, ns1 = '', ns2 = ''] = recordFolders(story.lab)
    cpSync(ns2, `${ns2}.kept`, { recursive: true })
    expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns1', term: 3 } })
    // Its disk could not be reached meanwhile.
    rmSync(ns2, { recursive: true })
    renameSync(`${ns2}.kept`, ns2)
    const { run } = JSON.parse(readFileSync(fileOfRun(ns2, 'plan.json'), 'utf8')) as { readonly run: string }
    expect(readdirSync(join(ns1, 'runs'))).toContain(run)
    rmSync(join(ns1, 'runs', run), { recursive: true })
    rmSync(join(ns1, 'history'))
    await returnAsStandby(story.lab, 'ns2')
    const fleetFile = await checkOutAgain(story.lab)
    const before = await marker(story.lab, 'ns1')
    for (const act of [resume, rollback])
      expect(await act({ fleetFile, takeOver: true, watch: UNWATCHED })).toMatchObject({
        ok: false,
        error: [{ code: expect.stringMatching(/^engine\.(gone-on|past-return)$/) as string }],
      })
    expect(await resume({ fleetFile, takeOver: true, watch: UNWATCHED })).toMatchObject({
      error: [{ code: 'engine.gone-on' }],
    })
    expect(await marker(story.lab, 'ns1')).toBe(before)
  })
})
