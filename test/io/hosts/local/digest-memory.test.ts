import { statSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DigestMemory } from '../../../../src/io/hosts/local/digest-memory.ts'
import { localHost } from '../../../../src/io/hosts/local/local-host.ts'

/** Larger than what is hashed without being remembered. */
const LARGE_BYTES = 200_000
const LATER_MS = 5_000

describe('the memory of digests', () => {
  let folder: string
  let path: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-digests-'))
    path = join(folder, 'zones.conf')
    writeFileSync(path, 'a'.repeat(LARGE_BYTES))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it('knows a file that stayed as it was, and no other', () => {
    const memory = new DigestMemory()
    const before = statSync(path, { bigint: true })
    memory.remember(path, 'digest', { before, after: before, began: Date.now() + LATER_MS })
    expect(memory.recall(path, statSync(path, { bigint: true }))).toBe('digest')
    const times = statSync(path)
    writeFileSync(path, 'b'.repeat(LARGE_BYTES))
    utimesSync(path, times.atime, times.mtime)
    expect(memory.recall(path, statSync(path, { bigint: true }))).toBeUndefined()
  })

  it('believes no file that was changed just before it was read, or while it was', () => {
    const memory = new DigestMemory()
    const before = statSync(path, { bigint: true })
    memory.remember(path, 'digest', { before, after: before, began: Date.now() })
    expect(memory.recall(path, before)).toBeUndefined()
    writeFileSync(path, 'c'.repeat(LARGE_BYTES + 1))
    const after = statSync(path, { bigint: true })
    memory.remember(path, 'digest', { before, after, began: Date.now() + LATER_MS })
    expect(memory.recall(path, before)).toBeUndefined()
    expect(memory.recall(path, after)).toBeUndefined()
  })

  it('never hides a change from a host, in place or by another file of the same size', async () => {
    const host = localHost('ns1')
    const digest = async () => {
      const digests = await host.digests([path])
      return digests.ok ? digests.value.get(path) : undefined
    }
    const seen = [await digest()]
    for (const letter of 'bcd') {
      writeFileSync(path, letter.repeat(LARGE_BYTES))
      seen.push(await digest())
    }
    for (const letter of 'efg') {
      writeFileSync(`${path}.new`, letter.repeat(LARGE_BYTES))
      await rename(`${path}.new`, path)
      seen.push(await digest())
    }
    expect(new Set(seen).size).toBe(7)
    expect(await digest()).toBe(seen.at(-1))
  })
})
