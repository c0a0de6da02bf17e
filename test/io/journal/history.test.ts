import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type HistoryEntry, readHistory, writeHistory } from '../../../src/io/journal/index.ts'
import { type Copies, makeCopies } from './copies.ts'

let copies: Copies

beforeEach(async () => {
  copies = await makeCopies()
})
afterEach(() => copies.remove())

function entryOf(run: string, began: string): HistoryEntry {
  return {
    version: 1,
    run,
    fleet: 'example',
    operation: 'switchover',
    set: 'default',
    from: 'ns1',
    to: 'ns2',
    term: 2,
    by: 'eva@desk',
    reason: 'a test',
    began,
    elapsedMs: 1200,
    writePauseMs: 340,
    outcome: 'done',
    because: undefined,
    remarks: [],
  }
}

const FIRST = entryOf('run-1', '2026-11-22T12:00:00Z')
const SECOND = entryOf('run-2', '2026-11-22T13:00:00Z')

it('is what all copies know together, oldest first, each run once', async () => {
  expect(await writeHistory(copies.all, SECOND)).toEqual([])
  expect(await writeHistory(copies.all.slice(1), FIRST)).toEqual([])
  const { entries, failures } = await readHistory(copies.all, 'example')
  expect(entries.map(({ run }) => run)).toEqual(['run-1', 'run-2'])
  expect(entries[0]).toEqual(JSON.parse(JSON.stringify(FIRST)))
  expect(failures).toEqual([])
})

it('leaves out what was done to another fleet of the same folder', async () => {
  await writeHistory(copies.all, FIRST)
  await writeHistory(copies.all, { ...SECOND, fleet: 'other' })
  expect((await readHistory(copies.all, 'example')).entries.map(({ run }) => run)).toEqual(['run-1'])
})

it('passes over a torn line and lines of a later version', async () => {
  await writeHistory(copies.all, FIRST)
  await appendFile(join(copies.folder, 'ns1', 'history'), '{"version":2,"run":"run-3"}\n{"version":1,"ru')
  expect((await readHistory(copies.all, 'example')).entries).toHaveLength(1)
})

it('is nothing where nothing was done', async () => {
  expect(await readHistory(copies.all, 'example')).toEqual({ entries: [], failures: [] })
})

it('tells which copies could not be read or written, and goes on with the others', async () => {
  await mkdir(join(copies.folder, 'ns1', 'history'), { recursive: true })
  expect(await writeHistory(copies.all, FIRST)).toHaveLength(1)
  const { entries, failures } = await readHistory(copies.all, 'example')
  expect([entries.length, failures.length]).toEqual([1, 1])
})

it('keeps a history that one disk could not on the others', async () => {
  await writeFile(join(copies.folder, 'ns2'), 'a file where the folder should be')
  expect(await writeHistory(copies.all, FIRST)).toHaveLength(1)
  await rm(join(copies.folder, 'here'), { recursive: true })
  expect((await readHistory(copies.all, 'example')).entries).toHaveLength(1)
})
