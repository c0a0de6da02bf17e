import { createHash } from 'node:crypto'
import { mkdir, stat, utimes, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Failure, Result } from '../../../src/core/base/index.ts'
import { HEADS_MAX } from '../../../src/io/hosts/limits.ts'
import { error, value, type Workbench } from './workbench.ts'

const HOUR_MS = 3_600_000

/** What a host does with many files at once. */
export function bulkContract(bench: Workbench): void {
  describe('heads', () => {
    it('gives beginning, size and time of each file that exists, by the path as it was given', async () => {
      await writeFile(bench.at('long'), 'x'.repeat(1000))
      await writeFile(bench.at('short'), 'short')
      await utimes(bench.at('short'), 1_000_000_000, 1_000_000_000)
      const paths = ['long', bench.at('short'), 'missing', 'short/below']
      const heads = value(await bench.host.heads({ folder: bench.folder, paths, bytes: 16 }))
      expect([...heads.keys()]).toEqual(['long', bench.at('short')])
      const long = value(heads.get('long') as Result<{ bytes: Uint8Array; size: number }, Failure>)
      expect(Buffer.from(long.bytes).toString()).toBe('x'.repeat(16))
      expect(long.size).toBe(1000)
      const short = heads.get(bench.at('short'))
      expect(short).toMatchObject({ ok: true, value: { size: 5, modified: 1_000_000_000_000 } })
    })

    it('gives a failure for one that cannot be read, and the others all the same', async () => {
      await mkdir(bench.at('folder'))
      await writeFile(bench.at('file'), 'x')
      const heads = value(
        await bench.host.heads({ folder: bench.folder, paths: ['folder', 'file'], bytes: 16 }),
      )
      expect(heads.get('file')?.ok).toBe(true)
      expect(heads.get('folder')).toMatchObject({ ok: false, error: { code: 'hosts.is-a-folder' } })
    })

    it('refuses more files than it may hold', async () => {
      const paths = Array.from({ length: HEADS_MAX + 1 }, () => 'x')
      expect(error(await bench.host.heads({ folder: bench.folder, paths, bytes: 16 })).code).toBe(
        'hosts.too-many-files',
      )
    })
  })

  describe('digests', () => {
    it('gives the SHA-256 of each file that exists, small or large', async () => {
      const large = 'large '.repeat(100_000)
      await writeFile(bench.at('small'), 'small')
      await writeFile(bench.at('large'), large)
      const digests = value(
        await bench.host.digests([bench.at('small'), bench.at('missing'), bench.at('large')]),
      )
      expect(digests).toEqual(
        new Map([
          [bench.at('small'), createHash('sha256').update('small').digest('hex')],
          [bench.at('large'), createHash('sha256').update(large).digest('hex')],
        ]),
      )
    })

    it('fails when one cannot be read', async () => {
      expect(error(await bench.host.digests([bench.folder])).code).toBe('hosts.is-a-folder')
    })
  })

  describe('touch', () => {
    it('sets the time of each file that exists to now, and makes no file', async () => {
      await writeFile(bench.at('old'), 'x')
      await utimes(bench.at('old'), 1_000_000_000, 1_000_000_000)
      const before = value(await bench.host.clock()).now
      value(await bench.host.touch({ folder: bench.folder, paths: ['old', 'missing'] }))
      expect((await stat(bench.at('old'))).mtimeMs).toBeGreaterThan(before - HOUR_MS)
      expect(value(await bench.host.list(bench.folder))).toEqual(['old'])
    })
  })
}
