import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginRun, findUnfinishedRun, type Journal } from '../../../src/io/journal/index.ts'
import { type Copies, clock, HOLDER, makeCopies, planOf } from './copies.ts'

const RUN = 'run-1'
const EVERYWHERE = ['here', 'ns1', 'ns2']
const PEERS = ['ns1', 'ns2']

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

const fileIn = (copy: string, name: string) =>
  join(copies.folder, copy, ...(name === 'lock' ? ['lock'] : ['runs', RUN, name]))

const kindsFound = async () => {
  const found = await findUnfinishedRun(copies.all)
  if (!found.ok) return found.error.code
  return found.value?.entries.map(({ kind }) => kind) ?? 'nobody'
}

describe('a run of a newer Baton', () => {
  it.each([
    ['plan.json', (text: string) => text.replace('"version": 1', '"version": 99')],
    ['plan.json', (text: string) => text.replace('"settle"', '"dance"')],
    ['journal', (text: string) => `${text}{"version":99,"generation":1,"sequence":9,"kind":"begun"}\n`],
    ['lock', (text: string) => text.replace('version=1', 'version=99')],
  ])('is told as such and left alone: %s', async (name, change) => {
    await begin()
    for (const copy of PEERS) {
      const path = fileIn(copy, name)
      const changed = change(await readFile(path, 'utf8'))
      // A newer plan has a newer digest.
      await writeFile(
        fileIn(copy, 'lock'),
        (await readFile(fileIn(copy, 'lock'), 'utf8')).replace(/plan=.*\n/, ''),
      )
      await writeFile(path, changed)
    }
    expect(await kindsFound()).toBe('engine.newer-run')
  })
})

describe('locks of two runs', () => {
  it('are told as such where both are under way', async () => {
    const peer = (name: string) => copies.all.filter(copy => copy.name === name)
    await begin('run-1', peer('ns1'))
    await begin('run-2', peer('ns2'))
    const found = await findUnfinishedRun(copies.all)
    expect(found).toMatchObject({ error: { code: 'engine.two-runs' } })
    expect(JSON.stringify(found)).toMatch(/run-1 by eva@desk \(holds ns1\).*run-2 by eva@desk \(holds ns2\)/)
  })

  it('are no riddle where one has ended', async () => {
    const peer = (name: string) => copies.all.filter(copy => copy.name === name)
    const ended = await begin('run-1', peer('ns1'))
    await ended.write({ kind: 'ended', outcome: 'done' }, 'every-copy')
    await begin('run-2', peer('ns2'))
    expect(await findUnfinishedRun(copies.all)).toMatchObject({ value: { lock: { run: 'run-2' } } })
  })
})

it('leaves nothing behind of a run that did not get the fleet', async () => {
  await writeFile(join(copies.folder, 'lock'), '')
  await begin(
    'run-1',
    copies.all.filter(({ name }) => name === 'ns2'),
  )
  expect(await beginRun({ plan: planOf('run-2'), copies: copies.all, clock, holder: HOLDER })).toMatchObject({
    error: { code: 'engine.locked', subject: 'ns2' },
  })
  for (const copy of copies.all)
    expect(await copy.files.list(join(copy.folder, 'runs'))).not.toMatchObject({
      value: expect.arrayContaining(['run-2']) as string[],
    })
  expect(await kindsFound()).toEqual(['begun'])
})

it('knows no file that another account may not read', async ({ skip }) => {
  if (process.getuid?.() === 0) skip('root may read everything')
  await begin()
  for (const copy of EVERYWHERE) await chmod(fileIn(copy, 'plan.json'), 0)
  expect(await kindsFound()).toBe('engine.record-unreadable')
})
