import { createHash } from 'node:crypto'
import { type BigIntStats, statSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DigestMemory } from '../../../../src/io/hosts/local/files/digest-memory.ts'
import { digestFiles } from '../../../../src/io/hosts/local/files/digests.ts'

/** Larger than what is hashed without being remembered. */
const LARGE_BYTES = 200_000
const SETTLED_MS = 61_000
/** A time that every file system can hold. */
const WHOLE_SECOND = new Date('2026-01-01T00:00:00Z')

describe('the memory of digests', () => {
  let folder: string
  let path: string
  let memory: DigestMemory

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-digests-'))
    path = join(folder, 'zones.conf')
    memory = new DigestMemory()
    write('a')
  })

  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it('spares reading a file that stayed as it was', async () => {
    rememberAt(stat(), 'remembered')
    expect(await digest()).toBe('remembered')
    expect(await digest()).toBe('remembered')
  })

  it('is not asked once the file was written again, with the same size and time of modification', async () => {
    const before = stat()
    rememberAt(before, 'remembered')
    await vi.waitUntil(() => {
      write('b')
      return stat().ctimeNs !== before.ctimeNs
    })
    expect(stat()).toMatchObject({ ino: before.ino, size: before.size, mtimeNs: before.mtimeNs })
    expect(await digest()).toBe(sha256('b'))
  })

  it('is not asked once another file has taken the place', async () => {
    rememberAt(stat(), 'remembered')
    writeFileSync(`${path}.new`, 'c'.repeat(LARGE_BYTES))
    await rename(`${path}.new`, path)
    expect(await digest()).toBe(sha256('c'))
  })

  it('takes nothing of a file that was changed shortly before it was read, or while it was', () => {
    const before = stat()
    memory.remember(path, 'digest', { before, after: before, began: Number(before.ctimeNs / 1_000_000n) })
    expect(memory.recall(path, before)).toBeUndefined()
    const after = { ...before, size: before.size + 1n }
    memory.remember(path, 'digest', { before, after, began: Date.now() + SETTLED_MS })
    expect(memory.recall(path, before)).toBeUndefined()
    expect(memory.recall(path, after)).toBeUndefined()
  })

  function write(letter: string): void {
    writeFileSync(path, letter.repeat(LARGE_BYTES))
    utimesSync(path, WHOLE_SECOND, WHOLE_SECOND)
  }

  function stat(): BigIntStats {
    return statSync(path, { bigint: true })
  }

  function rememberAt(stats: BigIntStats, remembered: string): void {
    memory.remember(path, remembered, { before: stats, after: stats, began: Date.now() + SETTLED_MS })
  }

  async function digest(): Promise<string | undefined> {
    const digests = await digestFiles({ server: 'ns1', paths: [path], memory })
    return digests.ok ? digests.value.get(path) : undefined
  }
})

function sha256(letter: string): string {
  return createHash('sha256').update(letter.repeat(LARGE_BYTES)).digest('hex')
}
