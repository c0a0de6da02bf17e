import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localHost } from '../../../../src/io/hosts/index.ts'
import { type Mounted, mountSmallDisk } from './mounted.ts'

const DISK_BYTES = 64 * 1024
const TOO_MUCH = 'x'.repeat(2 * DISK_BYTES)
const SKIPPED = 'only root can mount a small disk'

describe('a disk that is full or read-only', () => {
  const host = localHost('ns1')
  let disk: Mounted | undefined

  beforeEach(async () => {
    disk = await mountSmallDisk(DISK_BYTES)
  })
  afterEach(() => disk?.close())

  const file = (folder: string, name: string, content = TOO_MUCH) => ({
    path: join(folder, name),
    content,
    mode: 0o640,
    user: undefined,
  })

  it('fails to replace, and the old file is as it was', async ({ skip }) => {
    const { folder } = disk ?? skip(SKIPPED)
    await writeFile(join(folder, 'named.conf'), 'old')
    const result = await host.replace(file(folder, 'named.conf'))
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'hosts.disk-full' },
    })
    expect(await readFile(join(folder, 'named.conf'), 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['named.conf'])
  })

  it('fails to create, to copy and to begin a file, and leaves nothing', async ({ skip }) => {
    const { folder } = disk ?? skip(SKIPPED)
    const results = [
      await host.create(file(folder, 'lock')),
      await host.append(file(folder, 'journal')),
      await host.copy(process.execPath, join(folder, 'copy')),
    ]
    for (const result of results)
      expect(result).toMatchObject({ ok: false, error: { code: 'hosts.disk-full' } })
    expect(await readdir(folder)).toEqual([])
  })

  it('keeps the file of somebody else whole or not at all, and replaces it in the first case only', async ({
    skip,
  }) => {
    const { folder } = disk ?? skip(SKIPPED)
    const path = join(folder, 'named.conf')
    const edited = 'x'.repeat(DISK_BYTES / 2)
    const holder = { folder: join(folder, 'runs/run-1'), number: 1 }
    await host.hold(holder)
    await writeFile(path, edited)
    const wanted = { kind: 'content', content: 'ours', mode: 0o640, user: undefined } as const
    const change = { path, wanted, expected: [], otherwise: 'keep' } as const
    const apply = () => host.apply({ holder, changes: [change], deadlineMs: 60_000 })
    await writeFile(join(folder, 'filler'), 'x'.repeat(DISK_BYTES / 8))
    for (let round = 0; round < 2; round++) {
      expect(await apply()).toMatchObject({ error: { code: 'hosts.disk-full' } })
      expect(await readFile(path, 'utf8')).toBe(edited)
      expect((await readdir(folder)).toSorted()).toEqual(['filler', 'named.conf', 'runs'])
    }
  })

  it('takes back the part of a line that still fitted', async ({ skip }) => {
    const { folder } = disk ?? skip(SKIPPED)
    expect((await host.append(file(folder, 'journal', 'one\n'))).ok).toBe(true)
    const result = await host.append(file(folder, 'journal'))
    expect(result).toMatchObject({ ok: false, error: { code: 'hosts.disk-full' } })
    expect(await readFile(join(folder, 'journal'), 'utf8')).toBe('one\n')
  })

  it('sees how little is free', async ({ skip }) => {
    const { folder } = disk ?? skip(SKIPPED)
    const states = await host.folders({ paths: [folder], user: undefined })
    expect(states.ok && states.value[0]?.bytesFree).toBe(DISK_BYTES)
  })

  it('fails on a read-only disk, and sees beforehand that it would', async ({ skip }) => {
    const { folder, makeReadOnly } = disk ?? skip(SKIPPED)
    await makeReadOnly()
    for (const result of [
      await host.replace(file(folder, 'named.conf', 'x')),
      await host.append(file(folder, 'journal', 'x')),
    ])
      expect(result).toMatchObject({ ok: false, error: { code: 'hosts.read-only' } })
    expect(await host.folders({ paths: [folder], user: undefined })).toMatchObject({
      value: [{ writable: false, because: 'its file system is mounted read-only' }],
    })
  })
})
