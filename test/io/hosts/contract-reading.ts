import { execFileSync } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
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
