import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest'
import { beginRun, type Journal, readRun } from '../../../src/io/journal/index.ts'
import { type Mounted, mountSmallDisk } from '../hosts/local/mounted.ts'
import { type Copies, clock, copyIn, HOLDER, makeCopies, planOf } from './copies.ts'

const DISK_BYTES = 64 * 1024
const INTENT = { kind: 'intent', step: 0 } as const

describe('a run on a fleet where the disk of one peer fills up', () => {
  let copies: Copies
  let disk: Mounted | undefined

  beforeEach(async () => {
    copies = await makeCopies()
    disk = await mountSmallDisk(DISK_BYTES)
  })
  afterEach(async () => {
    await disk?.close()
    await copies.remove()
  })

  /** Begins while there is room, and fills the disk then; a page that a file has already can still be written. */
  async function beginAndFill({ skip }: TestContext): Promise<Journal> {
    const { folder } = disk ?? skip('only root can mount a small disk')
    const all = [...copies.all, copyIn(folder, 'ns3')]
    const begun = await beginRun({ plan: planOf('run-1'), copies: all, clock, holder: HOLDER })
    if (!begun.ok) throw new Error(begun.error.because)
    await writeFile(join(folder, 'filler'), 'x'.repeat(2 * DISK_BYTES)).catch(() => undefined)
    let written = await begun.value.write({ ...INTENT, direction: 'forward' }, 'every-copy')
    for (let lines = 0; written.ok && lines < 100; lines++)
      written = await begun.value.write({ ...INTENT, direction: 'forward' }, 'every-copy')
    expect(written).toMatchObject({
      ok: false,
      error: { code: 'hosts.disk-full' },
    })
    return begun.value
  }

  it('does not go forward without a line in every copy', async context => {
    const journal = await beginAndFill(context)
    const written = await journal.write({ ...INTENT, direction: 'forward' }, 'every-copy')
    expect(written).toMatchObject({ ok: false, error: { code: 'hosts.disk-full' } })
  })

  it('can still be taken back: one copy is enough for that', async context => {
    const journal = await beginAndFill(context)
    const turned = await journal.write({ kind: 'turned', because: 'the disk is full' }, 'one-copy')
    expect(turned).toEqual({ ok: true, value: undefined })
    const run = await readRun(copies.all, { run: 'run-1' })
    expect(run).toMatchObject({
      value: { progress: { direction: 'back', turnedBecause: 'the disk is full' } },
    })
  })

  it('has whole lines everywhere', async context => {
    const journal = await beginAndFill(context)
    for (const { folder } of journal.copies) {
      const text = await readFile(join(folder, 'runs/run-1/journal'), 'utf8')
      expect(text.endsWith('}\n')).toBe(true)
    }
  })
})
