import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  beginRun,
  findUnfinishedRun,
  type Journal,
  readHolder,
  readRun,
  takeOverRun,
} from '../../../src/io/journal/index.ts'
import { type Copies, clock, HOLDER, makeCopies, planOf } from './copies.ts'

const RUN = 'run-1'
const PLAN = planOf(RUN)
const INTENT = { kind: 'intent', step: 0, direction: 'forward' } as const
const ROUNDS = 10
const OTHER = { by: 'tom@laptop', machine: 'laptop', pid: 42 }

let copies: Copies

beforeEach(async () => {
  copies = await makeCopies()
})
afterEach(() => copies.remove())

async function begin(run = RUN): Promise<Journal> {
  const begun = await beginRun({ plan: planOf(run), copies: copies.all, clock, holder: HOLDER })
  if (!begun.ok) throw new Error(begun.error.because)
  return begun.value
}

async function takeOver() {
  const run = await readRun(copies.all, { run: RUN })
  if (!run.ok || run.value === undefined) throw new Error('no record')
  const { plan, entries } = run.value
  return takeOverRun({ plan, entries, copies: copies.all, clock, holder: OTHER })
}

function entriesFile(copy: string): string {
  return join(copies.folder, copy, 'runs', RUN, 'journal')
}

describe('a run that begins', () => {
  it('locks the peers and leaves plan, holder and first line with everybody', async () => {
    await begin()
    for (const copy of ['here', 'ns1', 'ns2']) {
      expect((await readdir(join(copies.folder, copy, 'runs', RUN))).toSorted()).toEqual([
        'holder.1',
        'journal',
        'plan.json',
      ])
      expect(JSON.parse(await readFile(join(copies.folder, copy, 'runs', RUN, 'plan.json'), 'utf8'))).toEqual(
        PLAN,
      )
    }
    expect(await readdir(join(copies.folder, 'here'))).toEqual(['runs'])
    expect((await readdir(join(copies.folder, 'ns1'))).toSorted()).toEqual(['lock', 'runs'])
  })

  it('is the only one: of two at once one gets the locks, and the other a refusal that names it', async () => {
    const [one, two] = await Promise.all(
      ['run-1', 'run-2'].map(run =>
        beginRun({ plan: planOf(run), copies: copies.all, clock, holder: HOLDER }),
      ),
    )
    const won = [one, two].filter(begun => begun?.ok)
    const lost = [one, two].filter(begun => begun?.ok === false)
    expect([won.length, lost.length]).toEqual([1, 1])
    const held = await findUnfinishedRun(copies.all)
    expect(held).toMatchObject({ ok: true, value: { progress: { ended: undefined } } })
    expect(lost[0]).toMatchObject({ error: { code: 'engine.locked' } })
  })

  it('is the only one in every round of many', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const begun = await Promise.all(
        ['a', 'b', 'c'].map(name =>
          beginRun({ plan: planOf(`run-${name}-${round}`), copies: copies.all, clock, holder: HOLDER }),
        ),
      )
      const won = begun.flatMap(each => (each.ok ? [each.value] : []))
      expect(won.length).toBe(1)
      for (const journal of won) await journal.release()
    }
  })

  it('gives its locks back when one peer cannot be written', async () => {
    await writeFile(join(copies.folder, 'ns2'), 'a file where the folder should be')
    const begun = await beginRun({ plan: PLAN, copies: copies.all, clock, holder: HOLDER })
    expect(begun.ok).toBe(false)
    expect(await readdir(join(copies.folder, 'ns1'))).not.toContain('lock')
  })
})

describe('a run that died', () => {
  it('is found from another machine, by what the peers know', async () => {
    const journal = await begin()
    await journal.write(INTENT, 'every-copy')
    const peers = copies.all.filter(({ locked }) => locked)
    expect(await findUnfinishedRun(peers)).toMatchObject({
      ok: true,
      value: {
        lock: { run: RUN, holder: 'eva@desk' },
        plan: PLAN,
        progress: { direction: 'forward', steps: ['begun', 'untouched'] },
      },
    })
  })

  it('is known line by line from all copies, torn and mangled ones passed over', async () => {
    const journal = await begin()
    await journal.write(INTENT, 'every-copy')
    await writeFile(entriesFile('ns1'), '{"generation":1,"sequ')
    await appendFile(entriesFile('ns2'), 'rubbish\n{"kind":"done"}\n{not json}\n{"generation":1,"sequence":9')
    await rm(entriesFile('here'))
    const run = await readRun(copies.all, { run: RUN })
    expect(run.ok && run.value?.entries.map(({ kind }) => kind)).toEqual(['begun', 'intent'])
  })

  it('is not known when no copy has the plan that its lock tells of', async () => {
    await begin()
    for (const copy of copies.all) await rm(join(copy.folder, 'runs'), { recursive: true })
    expect(await findUnfinishedRun(copies.all)).toMatchObject({
      ok: false,
      error: { code: 'engine.record-damaged', subject: RUN },
    })
  })

  it('had done nothing when no copy has its plan, and its lock tells of none', async () => {
    await begin()
    for (const copy of copies.all) {
      await rm(join(copy.folder, 'runs'), { recursive: true })
      if (!copy.locked) continue
      const lock = join(copy.folder, 'lock')
      await writeFile(lock, (await readFile(lock, 'utf8')).replace(/^plan=.*\n/m, ''))
    }
    expect(await findUnfinishedRun(copies.all)).toMatchObject({
      ok: true,
      value: { lock: { run: RUN }, plan: undefined, entries: [] },
    })
  })

  it('is nobody’s any more after its release', async () => {
    const journal = await begin()
    expect(await journal.release()).toEqual([])
    expect(await findUnfinishedRun(copies.all)).toEqual({ ok: true, value: undefined })
  })
})

describe('a run that is taken over', () => {
  it('goes on in the next generation, after what was written', async () => {
    await begin()
    // A line that the first holder died in must not swallow the next one.
    await appendFile(entriesFile('ns1'), '{"generation":1,"sequ')
    const taken = await takeOver()
    expect(taken.ok && (await taken.value.write(INTENT, 'every-copy')).ok).toBe(true)
    await rm(entriesFile('here'))
    await rm(entriesFile('ns2'))
    const run = await readRun(copies.all, { run: RUN })
    expect(run.ok && run.value?.entries.map(({ kind, generation }) => `${generation} ${kind}`)).toEqual([
      '1 begun',
      '2 taken-over',
      '2 intent',
    ])
    expect(await readHolder(copies.all, RUN)).toEqual(OTHER)
  })

  it('is taken by one of two', async () => {
    await begin()
    const run = await readRun(copies.all, { run: RUN })
    if (!run.ok || run.value === undefined) throw new Error('no record')
    const take = { ...run.value, copies: copies.all, clock, holder: OTHER }
    const [one, two] = await Promise.all([takeOverRun(take), takeOverRun(take)])
    expect(one.ok).not.toBe(two.ok)
    expect(one.ok ? two : one).toMatchObject({ error: { code: 'engine.overtaken' } })
  })

  it('stops whoever held it before', async () => {
    const before = await begin()
    expect(await before.stillHeld()).toEqual({ ok: true, value: undefined })
    expect((await takeOver()).ok).toBe(true)
    const overtaken = { ok: false, error: { code: 'engine.overtaken' } }
    expect(await before.stillHeld()).toMatchObject(overtaken)
    expect(await before.write({ kind: 'turned', because: 'it woke up' }, 'one-copy')).toMatchObject(overtaken)
    expect(await before.release()).toMatchObject([overtaken.error])
    expect(await findUnfinishedRun(copies.all)).toMatchObject({
      value: { progress: { direction: 'forward' } },
    })
  })

  it('does not count what its former holder wrote before it noticed', async () => {
    await begin()
    const taken = await takeOver()
    if (!taken.ok) throw new Error(taken.error.because)
    const late = { generation: 1, sequence: 1, at: 5, kind: 'turned', because: 'it woke up' }
    await appendFile(entriesFile('ns1'), `${JSON.stringify(late)}\n`)
    const again = await takeOver()
    expect(again.ok && again.value.entries().map(({ kind }) => kind)).toEqual([
      'begun',
      'taken-over',
      'taken-over',
    ])
  })
})
