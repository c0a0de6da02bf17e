import { appendFile, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  beginRun,
  findUnfinishedRun,
  type Journal,
  type JournalCopy,
  LATE_PLACE_MS,
  readRun,
} from '../../../src/io/journal/index.ts'
import { type FreezableDisk, mountFreezableDisk } from '../hosts/local/frozen-disk.ts'
import { type Copies, clock, copyIn, HOLDER, makeCopies, planOf } from './copies.ts'

const RUN = 'run-1'
const TEST_MS = 30_000
const TURNED = { kind: 'turned', because: 'a disk hangs' } as const
const ALIVE = { kind: 'alive' } as const

let copies: Copies

beforeEach(async () => {
  copies = await makeCopies()
})
afterEach(() => copies.remove())

async function begin(among: readonly JournalCopy[]): Promise<Journal> {
  const begun = await beginRun({ plan: planOf(RUN), copies: among, clock, holder: HOLDER })
  if (!begun.ok) throw new Error(begun.error.because)
  return begun.value
}

/** A third peer that lists nothing any more from some moment on, as one behind a connection that hangs. */
function thatMayHang(copy: JournalCopy): { readonly copy: JournalCopy; readonly hang: () => void } {
  let hangs = false
  const { files } = copy
  return {
    copy: { ...copy, files: { ...files, list: path => (hangs ? new Promise(() => {}) : files.list(path)) } },
    hang: () => {
      hangs = true
    },
  }
}

async function elapsedMs(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}

describe('a third peer that hangs', () => {
  it(
    'holds up the looks before the commands to another peer once, and only briefly',
    async () => {
      const { copy, hang } = thatMayHang(copyIn(join(copies.folder, 'ns3'), 'ns3'))
      const journal = await begin([...copies.all, copy])
      hang()
      const looks = async () => {
        for (let look = 0; look < 50; look++)
          expect(await journal.stillHeld('ns1')).toMatchObject({ ok: true })
        expect(await journal.stillHeld()).toMatchObject({ ok: true })
      }
      expect(await elapsedMs(looks)).toBeLessThan(2 * LATE_PLACE_MS)
    },
    TEST_MS,
  )

  it(
    'does not hide that somebody has taken the run over where only other peers know it',
    async () => {
      const { copy, hang } = thatMayHang(copyIn(join(copies.folder, 'ns3'), 'ns3'))
      const journal = await begin([...copies.all, copy])
      hang()
      await mkdir(join(copies.folder, 'ns2', 'runs', RUN, 'holder.2'))
      for (const at of ['ns1', 'e1', undefined])
        expect(await journal.stillHeld(at)).toMatchObject({ error: { code: 'engine.overtaken' } })
    },
    TEST_MS,
  )

  it('must be seen itself before it is changed', async () => {
    const journal = await begin(copies.all)
    await rm(join(copies.folder, 'ns1', 'runs'), { recursive: true })
    expect(await journal.stillHeld('ns1')).toMatchObject({ error: { code: 'engine.holder-unknown' } })
  })
})

describe('a third peer whose disk hangs', () => {
  let disk: FreezableDisk | undefined

  beforeEach(async () => {
    disk = await mountFreezableDisk()
  })
  afterEach(async () => {
    await disk?.thaw().catch(() => 'it was thawed')
    await disk?.close()
  })

  it(
    'holds up the way back once, and has every line as soon as it goes on',
    async ({ skip }) => {
      const { folder, freeze, thaw } = disk ?? skip('only root can mount a disk that hangs')
      const journal = await begin([...copies.all, copyIn(folder, 'ns3')])
      await freeze()
      const lines = async () => {
        for (let line = 0; line < 20; line++)
          expect(await journal.write(TURNED, 'one-copy')).toMatchObject({ ok: true })
      }
      expect(await elapsedMs(lines)).toBeLessThan(2 * LATE_PLACE_MS)
      const later = journal.write(ALIVE, 'every-copy')
      await thaw()
      expect(await later).toMatchObject({ ok: true })
      expect(await textIn(folder)).toBe(await textIn(join(copies.folder, 'ns1')))
    },
    TEST_MS,
  )
})

describe('a line that a peer could not take for a moment', () => {
  it('comes to it with the next one, so that its copy alone is enough to read the run from', async () => {
    const pair = copies.all.filter(({ name }) => name !== 'ns1')
    const journal = await begin(pair)
    const file = join(copies.folder, 'ns2', 'runs', RUN, 'journal')
    const text = await readFile(file)
    await rm(file)
    await mkdir(file)
    expect(await journal.write(ALIVE, 'one-copy')).toMatchObject({ ok: true })
    await rm(file, { recursive: true })
    await appendFile(file, text)
    expect(await journal.write(TURNED, 'one-copy')).toMatchObject({ ok: true })
    const elsewhere = pair.filter(({ name }) => name === 'ns2')
    expect(await findUnfinishedRun(elsewhere)).toMatchObject({ value: { progress: { direction: 'back' } } })
    const record = await readRun(elsewhere, { run: RUN })
    expect(record.ok && record.value?.entries.map(({ kind }) => kind)).toEqual(['begun', 'alive', 'turned'])
  })
})

function textIn(folder: string): Promise<string> {
  return readFile(join(folder, 'runs', RUN, 'journal'), 'utf8')
}
