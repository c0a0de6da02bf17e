import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fail, failure } from '../../../src/core/base/index.ts'
import {
  beginRun,
  type FindOptions,
  findUnfinishedRun,
  type Journal,
  type JournalCopy,
  readRun,
  takeOverRun,
} from '../../../src/io/journal/index.ts'
import { type Copies, clock, HOLDER, makeCopies, planOf } from './copies.ts'

const RUN = 'run-1'
const EVERYWHERE = ['here', 'ns1', 'ns2']
const PEERS = ['ns1', 'ns2']
const intent = (step: number) => ({ kind: 'intent', step, direction: 'forward' }) as const

let copies: Copies

beforeEach(async () => {
  copies = await makeCopies()
})
afterEach(() => copies.remove())

async function begin(run = RUN, among = copies.all): Promise<Journal> {
  const begun = await beginRun({ plan: planOf(run), copies: among, clock, holder: HOLDER })
  if (!begun.ok) throw new Error(begun.error.because)
  return begun.value
}

async function beginAndWrite(): Promise<Journal> {
  const journal = await begin()
  for (const step of [0, 1]) await journal.write(intent(step), 'every-copy')
  return journal
}

const fileIn = (copy: string, name: string) =>
  join(copies.folder, copy, ...(name === 'lock' ? ['lock'] : ['runs', RUN, name]))

/** Table: what may happen to a file, other than that somebody changes what it says. */
const HARMS: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  missing: path => rm(path, { force: true }),
  empty: path => writeFile(path, ''),
  'cut off': async path => writeFile(path, (await readFile(path)).subarray(0, 20)),
  'made of zeros': async path => writeFile(path, Buffer.alloc((await readFile(path)).length)),
  'a folder': async path => {
    await rm(path, { force: true })
    await mkdir(path)
  },
}

async function harm(where: readonly string[], name: string, how: string): Promise<void> {
  for (const copy of where) await HARMS[how]?.(fileIn(copy, name))
}

/** Copies of which one cannot be read at all, as when its host does not answer. */
function deafAt(name: string): readonly JournalCopy[] {
  const deaf = async () =>
    fail(failure({ code: 'hosts.permission', subject: name, because: `${name} could not read`, remedy: 'x' }))
  return copies.all.map(copy =>
    copy.name === name ? { ...copy, files: { ...copy.files, read: deaf, list: deaf } } : copy,
  )
}

const kindsFound = async (among = copies.all, options?: FindOptions) => {
  const found = await findUnfinishedRun(among, options)
  if (!found.ok) return found.error.code
  return found.value?.entries.map(({ kind }) => kind) ?? 'nobody'
}

const WHOLE = ['begun', 'intent', 'intent']

describe('a record of which one copy is harmed is read from the others', () => {
  it.each(
    Object.keys(HARMS).flatMap(how =>
      ['lock', 'plan.json', 'journal'].flatMap(name => EVERYWHERE.map(copy => [name, copy, how] as const)),
    ),
  )('%s on %s %s', async (name, copy, how) => {
    await beginAndWrite()
    if (name !== 'lock' || copy !== 'here') await harm([copy], name, how)
    expect(await kindsFound()).toEqual(WHOLE)
  })
})

describe('a record of which every copy is harmed is no run that never began', () => {
  it.each(
    Object.keys(HARMS)
      .filter(how => how !== 'missing')
      .flatMap(how => ['plan.json', 'journal'].map(name => [name, how] as const)),
  )('%s everywhere %s: a failure that names the file, and the locks stay', async (name, how) => {
    await beginAndWrite()
    await harm(EVERYWHERE, name, how)
    const found = await findUnfinishedRun(copies.all)
    expect(found).toMatchObject({
      ok: false,
      error: { code: how === 'a folder' ? 'engine.record-unreadable' : 'engine.record-damaged' },
    })
    expect(JSON.stringify(found)).toContain(`${RUN}/${name}`)
  })

  it('a plan that is gone everywhere, while a journal says that it began', async () => {
    await beginAndWrite()
    await harm(EVERYWHERE, 'plan.json', 'missing')
    expect(await kindsFound()).toBe('engine.record-damaged')
  })

  it.each(['empty', 'cut off', 'made of zeros'])(
    'a lock that is %s on every peer: the runs on record tell',
    async how => {
      await beginAndWrite()
      await harm(PEERS, 'lock', how)
      expect(await findUnfinishedRun(copies.all)).toMatchObject({
        value: { lock: { run: RUN, holder: 'eva@desk', operation: 'switchover' }, plan: { run: RUN } },
      })
    },
  )

  it('a damaged lock goes with its run, whose it is', async () => {
    const journal = await beginAndWrite()
    await harm(['ns2'], 'lock', 'empty')
    expect(await journal.release()).toEqual([])
    expect(await kindsFound()).toBe('nobody')
  })

  it('a damaged lock that no unfinished run can have is nobody’s, and nothing was done by it', async () => {
    const journal = await beginAndWrite()
    await journal.write({ kind: 'ended', outcome: 'done' }, 'every-copy')
    await harm(PEERS, 'lock', 'empty')
    expect(await findUnfinishedRun(copies.all)).toMatchObject({
      value: { lock: { run: 'unknown' }, plan: undefined },
    })
  })
})

describe('a peer that does not answer', () => {
  it('leaves the run to be known from the others', async () => {
    await beginAndWrite()
    expect(await kindsFound(deafAt('ns1'))).toEqual(WHOLE)
  })

  it('is no peer without a plan: a run may have begun there', async () => {
    await begin()
    for (const copy of ['here', 'ns2']) await rm(join(copies.folder, copy, 'runs'), { recursive: true })
    expect(await kindsFound(deafAt('ns1'))).toBe('engine.record-unreadable')
  })

  it('is no peer without a lock, unless it is left out by name', async () => {
    expect(await kindsFound(deafAt('ns1'))).toBe('engine.record-unreadable')
    expect(await kindsFound(deafAt('ns1'), { leftOut: ['ns1'] })).toBe('nobody')
    expect(await kindsFound(deafAt('ns1'), { leftOut: ['ns2'] })).toBe('engine.record-unreadable')
  })

  it('is told beside, with the file and the remedy, where the plan is read elsewhere', async () => {
    await beginAndWrite()
    const found = await findUnfinishedRun(deafAt('ns1'))
    expect(found.ok && found.value?.unread.map(({ code }) => code)).toEqual([
      'hosts.permission',
      'hosts.permission',
    ])
  })

  it('is not waited for where it is left out by name, also where the lock of another one is damaged', async () => {
    await beginAndWrite()
    await harm(['ns2'], 'lock', 'empty')
    expect(await kindsFound(deafAt('ns1'))).toBe('engine.record-damaged')
    expect(await kindsFound(deafAt('ns1'), { leftOut: ['ns1'] })).toEqual(WHOLE)
  })

  it('may not be changed: whether the run is still held is not known there', async () => {
    const journal = await beginAndWrite()
    await rm(join(copies.folder, 'ns1', 'runs'), { recursive: true })
    expect(await journal.stillHeld()).toEqual({ ok: true, value: undefined })
    expect(await journal.stillHeld('ns2')).toEqual({ ok: true, value: undefined })
    expect(await journal.stillHeld('ns1')).toMatchObject({
      error: { code: 'engine.holder-unknown', subject: 'ns1' },
    })
    expect(await journal.stillHeld('e1')).toEqual({ ok: true, value: undefined })
    expect(await journal.write(intent(1), 'every-copy')).toMatchObject({
      error: { code: 'engine.holder-unknown' },
    })
  })
})

describe('a line that is gone from a journal', () => {
  async function drop(where: readonly string[], index: number): Promise<void> {
    for (const copy of where) {
      const lines = (await readFile(fileIn(copy, 'journal'), 'utf8')).split('\n')
      await writeFile(fileIn(copy, 'journal'), lines.toSpliced(index, 1).join('\n'))
    }
  }

  it.each([0, 1, 2])('is filled from another copy: line %i', async index => {
    await beginAndWrite()
    await drop(['here', 'ns2'], index)
    expect(await kindsFound()).toEqual(WHOLE)
  })

  it.each([0, 1])('is a failure where no copy has it and a later one is there: line %i', async index => {
    await beginAndWrite()
    await drop(EVERYWHERE, index)
    expect(await findUnfinishedRun(copies.all)).toMatchObject({
      error: { code: 'engine.journal-gap', because: expect.stringContaining(`line 1.${index}`) as string },
    })
  })

  it('is put back into every copy by whoever takes the run over', async () => {
    await beginAndWrite()
    await drop(['here', 'ns2'], 1)
    await appendFile(fileIn('ns1', 'journal'), '{"version":2,"su')
    const record = await readRun(copies.all, { run: RUN })
    if (!record.ok || record.value === undefined) throw new Error('no record')
    const { plan, entries } = record.value
    expect(await takeOverRun({ plan, entries, copies: copies.all, clock, holder: HOLDER })).toMatchObject({
      ok: true,
    })
    for (const copy of copies.all)
      expect((await readRun([copy], { run: RUN })).ok && (await kindsIn(copy))).toEqual([
        ...WHOLE,
        'taken-over',
      ])
  })

  const kindsIn = async (copy: JournalCopy) => {
    const record = await readRun([copy], { run: RUN })
    return record.ok ? record.value?.entries.map(({ kind }) => kind) : record.error.code
  }

  it('that no copy could take is none: those after it say so', async () => {
    const journal = await begin()
    for (const copy of EVERYWHERE) await rm(fileIn(copy, 'journal'))
    for (const copy of EVERYWHERE) await mkdir(fileIn(copy, 'journal'))
    expect((await journal.write(intent(0), 'one-copy')).ok).toBe(false)
    for (const copy of EVERYWHERE) await rm(fileIn(copy, 'journal'), { recursive: true })
    await journal.write(intent(1), 'every-copy')
    const text = await readFile(fileIn('ns1', 'journal'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ sequence: 2, after: 0 })
  })
})
