import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  beginRun,
  type FindOptions,
  findUnfinishedRun,
  type JournalCopy,
  takeOverRun,
} from '../../../src/io/journal/index.ts'
import { type Copies, clock, HOLDER, makeCopies, planOf } from './copies.ts'

const RUN = 'run-1'
const WHOLE = ['begun', 'intent', 'intent']

let copies: Copies

beforeEach(async () => {
  copies = await makeCopies()
})
afterEach(() => copies.remove())

async function beginAndWrite(): Promise<void> {
  const begun = await beginRun({ plan: planOf(RUN), copies: copies.all, clock, holder: HOLDER })
  if (!begun.ok) throw new Error(begun.error.because)
  for (const step of [0, 1])
    await begun.value.write({ kind: 'intent', step, direction: 'forward' }, 'every-copy')
}

const fileIn = (copy: string, name: string) =>
  join(copies.folder, copy, ...(name === 'lock' ? ['lock'] : ['runs', RUN, name]))

const kindsFound = async (among: readonly JournalCopy[], options?: FindOptions) => {
  const found = await findUnfinishedRun(among, options)
  return found.ok ? found.value?.entries.map(({ kind }) => kind) : found.error.code
}

describe('a peer that is left out by name', () => {
  it('does not speak for the others with words of a newer Baton where it is left out', async () => {
    await beginAndWrite()
    for (const name of ['lock', 'plan.json', 'journal']) {
      const text = await readFile(fileIn('ns1', name), 'utf8')
      const newer = text.replace('version=1', 'version=99').replace('"version": 1', '"version": 99')
      await writeFile(fileIn('ns1', name), newer.replace('{"version":2', '{"version":99'))
    }
    expect(await kindsFound(copies.all)).toBe('engine.newer-run')
    expect(await kindsFound(copies.all, { leftOut: ['ns1'] })).toEqual(WHOLE)
  })

  it('has told what it alone knew to whoever takes the run over without it', async () => {
    await beginAndWrite()
    for (const copy of ['here', 'ns2']) {
      const lines = (await readFile(fileIn(copy, 'journal'), 'utf8')).split('\n')
      await writeFile(fileIn(copy, 'journal'), lines.toSpliced(1, 1).join('\n'))
    }
    for (const copy of ['here', 'ns2']) await rm(fileIn(copy, 'plan.json'))
    const found = await findUnfinishedRun(copies.all, { leftOut: ['ns1'] })
    if (!found.ok || found.value?.plan === undefined) throw new Error('no record')
    const { plan, entries } = found.value
    const others = copies.all.filter(({ name }) => name !== 'ns1')
    expect(await takeOverRun({ plan, entries, copies: others, clock, holder: HOLDER })).toMatchObject({
      ok: true,
    })
    expect(await kindsFound(others)).toEqual([...WHOLE, 'taken-over'])
  })
})
