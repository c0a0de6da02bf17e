import { execFileSync } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Failure, Result } from '../../../src/core/base/index.ts'
import { error, value, type Workbench } from './workbench.ts'

/** How a host reads a file and a folder. */
export function readingContract(bench: Workbench): void {
  describe('read', () => {
    it('gives the whole file, byte for byte', async () => {
      const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256)
      await writeFile(bench.at('all-bytes'), bytes)
      expect(Uint8Array.from(value(await bench.host.read(bench.at('all-bytes'))))).toEqual(bytes)
    })

    it('says which file of which server is missing', async () => {
      const failed = error(await bench.host.read(bench.at('nothing')))
      expect(failed.code).toBe('hosts.missing')
      expect(failed.because).toContain(bench.at('nothing'))
      expect(failed.because).toContain(bench.host.server)
    })

    it('says that a folder is no file', async () => {
      expect(error(await bench.host.read(bench.folder)).code).toBe('hosts.is-a-folder')
    })

    it('waits for no pipe, and reads no device', async () => {
      const pipe = bench.at('pipe')
      execFileSync('mkfifo', [pipe])
      await symlink('/dev/zero', bench.at('endless'))
      for (const path of [pipe, bench.at('endless')]) {
        expect(error(await bench.host.read(path)).code).toBe('hosts.not-a-file')
        expect(error(await bench.host.digests([path])).code).toBe('hosts.not-a-file')
        const heads = value(await bench.host.heads({ folder: bench.folder, paths: [path], bytes: 1 }))
        expect(heads.get(path)).toMatchObject({ error: { code: 'hosts.not-a-file' } })
      }
    })
  })

  describe('a pipe in place of a file', () => {
    const OPERATIONS: Readonly<
      Record<string, (at: (name: string) => string) => Promise<Result<unknown, Failure>>>
    > = {
      append: at => bench.host.append({ path: at('pipe'), content: 'x', mode: 0o640, user: undefined }),
      copy: at => bench.host.copy(at('pipe'), at('copied')),
      list: at => bench.host.list(at('pipe')),
      'apply a copy of it': async at => {
        const holder = { folder: at('run'), number: 1 }
        value(await bench.host.hold(holder))
        const wanted = { kind: 'copy', from: at('pipe') } as const
        return bench.host.apply({ holder, changes: [{ path: at('new'), wanted }], deadlineMs: 1_000 })
      },
      'apply over it': async at => {
        const holder = { folder: at('run'), number: 1 }
        value(await bench.host.hold(holder))
        const wanted = { kind: 'content', content: 'x', mode: 0o640, user: undefined } as const
        return bench.host.apply({ holder, changes: [{ path: at('pipe'), wanted }], deadlineMs: 1_000 })
      },
      'hold in it': at => bench.host.hold({ folder: at('pipe'), number: 1 }),
      'depose in it': at => bench.host.depose({ folder: at('pipe'), number: 1 }),
      'create over it': at =>
        bench.host.create({ path: at('pipe'), content: 'x', mode: 0o640, user: undefined }),
    }

    it.each(Object.entries(OPERATIONS))('is a failure at once: %s', async (_, operate) => {
      execFileSync('mkfifo', [bench.at('pipe')])
      const failed = error(await operate(name => bench.at(name)))
      expect(['hosts.not-a-file', 'hosts.not-a-folder', 'hosts.exists']).toContain(failed.code)
    })

    it('is touched, removed and replaced without waiting', async () => {
      execFileSync('mkfifo', [bench.at('pipe')])
      await bench.host.touch({ folder: bench.folder, paths: ['pipe'] })
      value(await bench.host.replace(bench.file('pipe', 'x')))
      expect(await bench.textOf('pipe')).toBe('x')
      value(await bench.host.remove(bench.at('pipe')))
    })
  })

  describe('list', () => {
    it('gives the names sorted, and none for a missing folder', async () => {
      for (const name of ['b', 'a', 'C', '.hidden']) await writeFile(bench.at(name), '')
      expect(value(await bench.host.list(bench.folder))).toEqual(['.hidden', 'C', 'a', 'b'])
      expect(value(await bench.host.list(bench.at('nothing')))).toEqual([])
    })

    it('says that a file is no folder', async () => {
      await writeFile(bench.at('file'), '')
      expect(error(await bench.host.list(bench.at('file'))).code).toBe('hosts.not-a-folder')
    })
  })

  describe('links', () => {
    it('finds the symbolic links among files, wherever they lead, and no others', async () => {
      await writeFile(bench.at('file'), '')
      await symlink('file', bench.at('link'))
      await symlink('nowhere', bench.at('broken'))
      const paths = ['file', 'link', 'broken', 'missing'].map(name => bench.at(name))
      expect(value(await bench.host.links(paths))).toEqual([bench.at('link'), bench.at('broken')])
    })
  })
}
