import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { history, resume, rollback, status } from '../../src/app/commands/index.ts'
import type { JournalEntry } from '../../src/io/journal/index.ts'
import { printEntry } from '../../src/io/journal/line.ts'
import { type BuiltProgram, buildProgram } from '../app/cli/command.ts'
import { bury } from '../support/bury.ts'
import { findFaults } from '../support/find-faults.ts'
import { type CommandMoment, interruptAt } from '../support/interrupt.ts'
import { fileOfRun, isLocked, loseLines, recordFolders } from '../support/run-files.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'

const OLD = { active: 'ns1', term: 1 }
const NOTHING_WRITTEN = { updates: [], unacknowledged: [] }
const NOBODY = 65_534
const EXIT_OK = 0
const EXIT_UNWELL = 4
const IN_PAUSE: CommandMoment = { when: 'before', command: 'reconfig', server: 'ns2' }
const IN_PROMOTION: CommandMoment = { when: 'after', command: 'reconfig', server: 'ns2' }

let story: Story

beforeEach(async () => {
  story = await beginStory()
})
afterEach(() => story.remove())

const endAs = (act: typeof resume) => act({ fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED })
const places = () => recordFolders(story.lab)
const locked = () => places().filter(isLocked).length

async function dieAt(moment: CommandMoment): Promise<void> {
  const die = () => Promise.reject(new Error('Baton died here'))
  await expect(switchOver(story, { ...interruptAt(moment, die) })).rejects.toThrow('Baton died here')
  bury(story.lab.folder)
}

async function expectRolledBack(): Promise<void> {
  expect(await endAs(rollback)).toMatchObject({ ok: true, value: { outcome: 'rolled-back', problems: [] } })
  expect(await findFaults(story.lab, { standings: [OLD], written: NOTHING_WRITTEN })).toEqual([])
  expect(locked()).toBe(0)
}

describe('a run in its write pause, of which another account cannot read the plan', () => {
  let program: BuiltProgram

  beforeAll(async () => {
    program = await buildProgram()
    chmodSync(dirname(program.path), 0o755)
  })
  afterAll(() => program.remove())

  it('is told as a run that cannot be read, and keeps its locks', async ({ skip }) => {
    if (process.getuid?.() !== 0) skip('only root can be another account')
    await dieAt(IN_PAUSE)
    // Two persons with one group, who may both write where Baton keeps its files.
    spawnSync('chmod', ['-R', 'g+rwX', story.lab.folder])
    for (const place of places()) chmodSync(fileOfRun(place, 'plan.json'), 0o600)
    const call = (...words: readonly string[]) =>
      program.call(words, { cwd: story.lab.folder, as: { uid: NOBODY, gid: 0 } })
    const told = await call('status')
    expect(told.exit).toBe(EXIT_UNWELL)
    expect(told.stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /ns1 could not read \S+plan\.json: Baton's user has no permission.*Run the command as root, or as /,
    )
    expect(told.stdout).not.toContain('had not done anything')
    for (const word of ['rollback', 'resume']) {
      const refused = await call(word, '--yes')
      expect(refused.exit).not.toBe(EXIT_OK)
      expect(refused.stderr).toContain('engine.record-unreadable')
    }
    expect(locked()).toBe(2)
    spawnSync('chmod', ['-R', 'g-w', story.lab.folder])
    await expectRolledBack()
  })
})

describe('a run in its write pause, of which a file is harmed in every copy', () => {
  it.each(['plan.json', 'journal'] as const)('an empty %s keeps the locks until it is back', async name => {
    await dieAt(IN_PAUSE)
    const files = places().map(place => fileOfRun(place, name))
    const before = files.map(path => readFileSync(path))
    for (const path of files) writeFileSync(path, '')
    for (const act of [rollback, resume])
      expect(await endAs(act)).toMatchObject({ ok: false, error: [{ code: 'engine.record-damaged' }] })
    expect(locked()).toBe(2)
    writeFileSync(files.at(-1) ?? '', before.at(-1) ?? '')
    await expectRolledBack()
  })

  it('a journal that is gone everywhere leaves no zone frozen: the files that the steps left tell', async () => {
    await dieAt(IN_PAUSE)
    for (const place of places()) rmSync(fileOfRun(place, 'journal'))
    await expectRolledBack()
  })

  it('a record that is gone everywhere is none of a run that had done nothing', async () => {
    await dieAt(IN_PAUSE)
    const runs = places().map(place => join(place, 'runs'))
    for (const path of runs) renameSync(path, `${path}.away`)
    for (const act of [rollback, resume])
      expect(await endAs(act)).toMatchObject({ ok: false, error: [{ code: 'engine.record-damaged' }] })
    const seen = await status(story)
    expect(JSON.stringify(seen)).not.toContain('had not done anything')
    expect(locked()).toBe(2)
    for (const path of runs) renameSync(`${path}.away`, path)
    await expectRolledBack()
  })

  it('a lock that names no run keeps them, and is found once it is emptied', async () => {
    await dieAt(IN_PAUSE)
    const locks = places()
      .slice(1)
      .map(place => fileOfRun(place, 'lock'))
    for (const path of locks) writeFileSync(path, readFileSync(path, 'utf8').replace(/^run=.*$/m, 'run=2026'))
    for (const act of [rollback, resume])
      expect(await endAs(act)).toMatchObject({ ok: false, error: [{ code: 'engine.record-damaged' }] })
    const seen = await status(story)
    expect(JSON.stringify(seen)).not.toContain('had not done anything')
    expect(JSON.stringify(seen)).toContain('empty the file')
    expect(locked()).toBe(2)
    for (const path of locks) writeFileSync(path, '')
    await expectRolledBack()
  })

  it('an empty lock is that of the only run that has not ended', async () => {
    await dieAt(IN_PAUSE)
    for (const place of places().slice(1)) writeFileSync(fileOfRun(place, 'lock'), '')
    await expectRolledBack()
    expect(await history(story)).toMatchObject({ value: { runs: [{ outcome: 'rolled-back' }] } })
  })
})

describe('a run in its promotion, whose intent to promote is lost', () => {
  const isPromotion = (entry: JournalEntry) => entry.kind === 'intent' && entry.step === promotion()
  const promotion = () => {
    const plan = JSON.parse(
      readFileSync(fileOfRun(join(story.lab.folder, '.baton'), 'plan.json'), 'utf8'),
    ) as {
      readonly steps: readonly { readonly kind: string }[]
    }
    return plan.steps.findIndex(({ kind }) => kind === 'promote')
  }
  const journals = () => places().map(place => fileOfRun(place, 'journal'))

  /** As if the promotion had taken so long that it showed that it lived. */
  function showLife(): void {
    for (const path of journals()) {
      const last = JSON.parse(readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? '') as JournalEntry
      const { generation, sequence, at } = last
      appendFileSync(path, printEntry({ generation, sequence: sequence + 1, at, kind: 'alive' }))
    }
  }

  it.each([0, 1, 2])('in copy %i: the others have it', async index => {
    await dieAt(IN_PROMOTION)
    showLife()
    loseLines(journals()[index] ?? '', isPromotion)
    await expectRolledBack()
  })

  const lostFromThereOn = () => {
    for (const path of journals()) loseLines(path, entry => 'step' in entry && entry.step >= promotion())
  }

  it('in every copy, with all that came after it: the files that it left tell', async () => {
    await dieAt(IN_PAUSE)
    lostFromThereOn()
    await expectRolledBack()
  })

  it('in every copy, and the new active serves its term: nothing is done to either', async () => {
    await dieAt(IN_PROMOTION)
    const before = journals().map(path => readFileSync(path))
    lostFromThereOn()
    for (const act of [rollback, resume])
      expect(await endAs(act)).toMatchObject({ ok: false, error: [{ code: 'engine.gone-on' }] })
    expect(locked()).toBe(2)
    for (const [index, path] of journals().entries()) writeFileSync(path, before[index] ?? '')
    await expectRolledBack()
  })

  it('in every copy: the gap is seen, and nothing is done', async () => {
    await dieAt(IN_PROMOTION)
    showLife()
    const before = journals().map(path => loseLines(path, isPromotion))
    for (const act of [rollback, resume])
      expect(await endAs(act)).toMatchObject({ ok: false, error: [{ code: 'engine.journal-gap' }] })
    expect(locked()).toBe(2)
    for (const [index, path] of journals().entries()) writeFileSync(path, before[index] ?? '')
    await expectRolledBack()
  })
})

describe('a run whose holder files can be seen on no peer any more', () => {
  it('changes nothing there, and goes on once they can', async () => {
    const runs = places().map(place => join(place, 'runs'))
    const hide = async () => {
      for (const path of runs.slice(1)) renameSync(path, `${path}.hidden`)
    }
    const moment: CommandMoment = { when: 'after', command: 'freeze-all', server: 'ns1' }
    const run = await switchOver(story, { ...interruptAt(moment, hide) })
    expect(run).toMatchObject({
      ok: true,
      value: {
        outcome: 'incomplete',
        problems: [
          { code: expect.stringMatching(/^(engine.holder-unknown|hosts.deposed|hosts.not-held)$/) as string },
        ],
      },
    })
    expect(locked()).toBe(2)
    for (const path of runs.slice(1)) {
      rmSync(path, { recursive: true, force: true })
      renameSync(`${path}.hidden`, path)
    }
    await expectRolledBack()
  })
})
