import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Reach, Server } from '../../../src/core/fleet/index.ts'
import { openHost } from '../../../src/io/hosts/index.ts'

/** Hashing this takes a hundred milliseconds and more; a hole takes no room on the disk. */
const LARGE_BYTES = 256 * 1024 * 1024

/** Hashing this takes minutes, and ends as soon as the file is cut. */
const ENDLESS_BYTES = 256 * 1024 * 1024 * 1024

describe('opening the host of a server', () => {
  const server = (reach: Reach): Server => ({
    kind: 'peer',
    name: 'ns1',
    dns: { address: '127.0.0.1', port: 53 },
    control: { address: '127.0.0.1', port: 953, key: 'rndc' },
    statistics: undefined,
    reach,
    paths: { configuration: '/etc/bind', directory: '/var/cache/bind' },
    user: undefined,
    base: undefined,
    sets: ['default'],
  })

  it('opens a local one under its name', () => {
    expect(openHost(server({ kind: 'local' }))).toMatchObject({ ok: true, value: { server: 'ns1' } })
  })

  it('gives up what takes too long', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'baton-late-'))
    try {
      const path = join(folder, 'large')
      await writeFile(path, '')
      await truncate(path, LARGE_BYTES)
      const opened = openHost(server({ kind: 'local' }), { deadlineMs: 1 })
      const digests = opened.ok ? await opened.value.digests([path]) : opened
      expect(digests).toMatchObject({ error: { code: 'hosts.deadline', subject: 'ns1' } })
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('gives up an order of changes, also in the middle of one file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'baton-late-'))
    const source = join(folder, 'endless')
    try {
      await writeFile(source, '')
      await truncate(source, ENDLESS_BYTES)
      const opened = openHost(server({ kind: 'local' }))
      if (!opened.ok) throw new Error(opened.error.because)
      const holder = { folder: join(folder, 'runs/run-1'), number: 1 }
      await opened.value.hold(holder)
      const change = { path: join(folder, 'copied'), wanted: { kind: 'copy', from: source } } as const
      expect(await opened.value.apply({ holder, changes: [change], deadlineMs: 50 })).toMatchObject({
        error: {
          code: 'hosts.deadline',
          subject: 'ns1',
          because: expect.stringContaining('copied') as string,
        },
      })
    } finally {
      await truncate(source, 0)
      await rm(folder, { recursive: true, maxRetries: 10 })
    }
  })

  it('refuses one that is reached by SSH, for now', () => {
    const opened = openHost(server({ kind: 'ssh', destination: 'root@ns1' }))
    expect(opened).toMatchObject({ ok: false, error: { code: 'hosts.ssh-not-yet', subject: 'ns1' } })
  })
})
