import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { error, value, type Workbench } from './workbench.ts'

const PARALLEL_CREATORS = 20

/** How a host writes: whole, durably, and nowhere it should not. */
export function writingContract(bench: Workbench): void {
  describe('replace', () => {
    it('puts a new file there, with its mode whatever the umask', async () => {
      value(await bench.host.replace(bench.file('named.conf', 'one', 0o666)))
      expect(await bench.textOf('named.conf')).toBe('one')
      expect(await bench.modeOf('named.conf')).toBe(0o666)
    })

    it('puts new content and mode in the place of old ones', async () => {
      value(await bench.host.replace(bench.file('named.conf', 'a longer old content', 0o644)))
      value(await bench.host.replace(bench.file('named.conf', 'new', 0o600)))
      expect(await bench.textOf('named.conf')).toBe('new')
      expect(await bench.modeOf('named.conf')).toBe(0o600)
    })

    it('makes the folders on the way, for named and nobody else', async () => {
      value(await bench.host.replace(bench.file('baton/active/view.conf', 'zones')))
      expect(await bench.textOf('baton/active/view.conf')).toBe('zones')
      expect(await bench.modeOf('baton/active')).toBe(0o750)
    })

    it('never shows a part: readers see the old content or the new one', async () => {
      const contents = ['a', 'b'].map(letter => letter.repeat(1_000_000))
      value(await bench.host.replace(bench.file('whole', contents[0] as string)))
      const seen = new Set<string>()
      const writing = (async () => {
        for (let round = 0; round < 10; round++)
          value(await bench.host.replace(bench.file('whole', contents[round % 2] as string)))
      })()
      const reading = (async () => {
        for (let round = 0; round < 20; round++) seen.add(await bench.textOf('whole'))
      })()
      await Promise.all([writing, reading])
      for (const content of seen) expect(contents.includes(content)).toBe(true)
    })

    it('refuses a symbolic link, and leaves it and its target alone', async () => {
      await writeFile(bench.at('named.active.conf'), 'active')
      await symlink('named.active.conf', bench.at('named.conf'))
      expect(error(await bench.host.replace(bench.file('named.conf', 'standby'))).code).toBe(
        'hosts.symbolic-link',
      )
      expect(await bench.textOf('named.active.conf')).toBe('active')
      expect(value(await bench.host.list(bench.folder))).toEqual(['named.active.conf', 'named.conf'])
    })

    it('follows a link among the folders', async () => {
      await mkdir(bench.at('srv'))
      await symlink('srv', bench.at('etc'))
      value(await bench.host.replace(bench.file('etc/named.conf', 'linked')))
      expect(await bench.textOf('srv/named.conf')).toBe('linked')
    })

    it.each([
      ['a folder in its place', 'folder', 'hosts.is-a-folder'],
      ['a file where a folder should be', 'file/named.conf', 'hosts.not-a-folder'],
      ['a name too long', 'n'.repeat(256), 'hosts.path-too-long'],
    ])('fails on %s, and leaves nothing behind', async (_, path, code) => {
      await mkdir(bench.at('folder'))
      await writeFile(bench.at('file'), 'file')
      const failed = error(await bench.host.replace(bench.file(path, 'content')))
      expect(failed.code).toBe(code)
      expect(failed.because).toContain(bench.at(path))
      expect(value(await bench.host.list(bench.folder))).toEqual(['file', 'folder'])
    })

    it('fails when the user who should own it does not exist', async () => {
      const failed = error(await bench.host.replace({ ...bench.file('secret', 's'), user: 'no-such-user' }))
      expect(failed.code).toBe('hosts.user-unknown')
      expect(value(await bench.host.list(bench.folder))).toEqual([])
    })
  })

  describe('create', () => {
    it('creates a file where nothing is, and only there', async () => {
      value(await bench.host.create(bench.file('lock', 'first')))
      expect(error(await bench.host.create(bench.file('lock', 'second'))).code).toBe('hosts.exists')
      expect(await bench.textOf('lock')).toBe('first')
      expect(value(await bench.host.list(bench.folder))).toEqual(['lock'])
    })

    it('lets exactly one of many win, whose content is whole', async () => {
      const creators = Array.from({ length: PARALLEL_CREATORS }, (_, index) => `creator ${index}`)
      const results = await Promise.all(
        creators.map(content => bench.host.create(bench.file('lock', content))),
      )
      expect(results.filter(({ ok }) => ok)).toHaveLength(1)
      expect(await bench.textOf('lock')).toBe(creators[results.findIndex(({ ok }) => ok)])
      expect(value(await bench.host.list(bench.folder))).toEqual(['lock'])
    })

    it('counts a dangling link as something', async () => {
      await symlink('nowhere', bench.at('lock'))
      expect(error(await bench.host.create(bench.file('lock', 'x'))).code).toBe('hosts.exists')
    })
  })

  describe('append', () => {
    it('creates the file with its folders and mode, then adds to it', async () => {
      value(await bench.host.append(bench.file('runs/journal', 'one\n', 0o600)))
      value(await bench.host.append(bench.file('runs/journal', 'two\n', 0o644)))
      expect(await bench.textOf('runs/journal')).toBe('one\ntwo\n')
      expect(await bench.modeOf('runs/journal')).toBe(0o600)
    })

    it('refuses a symbolic link', async () => {
      await writeFile(bench.at('target'), 'target')
      await symlink('target', bench.at('journal'))
      expect(error(await bench.host.append(bench.file('journal', 'x'))).code).toBe('hosts.symbolic-link')
      expect(await bench.textOf('target')).toBe('target')
    })

    it('says that a folder is no file', async () => {
      expect(error(await bench.host.append({ ...bench.file('', 'x'), path: bench.folder })).code).toBe(
        'hosts.is-a-folder',
      )
    })
  })

  describe('copy', () => {
    it('copies content and mode, large files too, over what is there', async () => {
      const content = 'zone '.repeat(1_000_000)
      value(await bench.host.replace(bench.file('active.conf', content, 0o604)))
      value(await bench.host.replace(bench.file('named.conf', 'old', 0o640)))
      value(await bench.host.copy(bench.at('active.conf'), bench.at('named.conf')))
      expect((await bench.textOf('named.conf')) === content).toBe(true)
      expect(await bench.modeOf('named.conf')).toBe(0o604)
    })

    it('fails without its source and leaves the target as it was', async () => {
      await writeFile(bench.at('named.conf'), 'old')
      expect(error(await bench.host.copy(bench.at('nothing'), bench.at('named.conf'))).code).toBe(
        'hosts.missing',
      )
      expect(error(await bench.host.copy(bench.folder, bench.at('named.conf'))).code).toBe(
        'hosts.is-a-folder',
      )
      expect(await bench.textOf('named.conf')).toBe('old')
      expect(value(await bench.host.list(bench.folder))).toEqual(['named.conf'])
    })
  })
}
