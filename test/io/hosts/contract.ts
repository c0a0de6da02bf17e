import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Failure, Result } from '../../../src/core/base/index.ts'
import type { Host } from '../../../src/io/hosts/index.ts'
import { HEADS_MAX } from '../../../src/io/hosts/limits.ts'

/** A host to be tried, and a folder of its that this test process can see as well, under the same path. */
export type HostUnderTest = {
  readonly host: Host
  readonly folder: string
  readonly close: () => Promise<void>
}

const PARALLEL_CREATORS = 20
const COMMAND_DEADLINE_MS = 20_000
const HOUR_MS = 3_600_000

/** What every implementation of `Host` must do. */
export function hostContract(name: string, open: () => Promise<HostUnderTest>): void {
  describe(`the host contract: ${name}`, () => {
    let under: HostUnderTest
    let host: Host
    let folder: string
    let tests = 0

    beforeAll(async () => {
      under = await open()
      host = under.host
    })
    beforeEach(async () => {
      folder = join(under.folder, `test-${tests++}`)
      await mkdir(folder)
    })
    afterAll(async () => {
      await host.close()
      await under.close()
    })

    const at = (path: string) => join(folder, path)
    const file = (path: string, content: string | Uint8Array, mode = 0o640) => ({
      path: at(path),
      content,
      mode,
      user: undefined,
    })
    const textOf = (path: string) => readFile(at(path), 'utf8')
    const modeOf = async (path: string) => (await stat(at(path))).mode & 0o7777

    describe('read', () => {
      it('gives the whole file, byte for byte', async () => {
        const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256)
        await writeFile(at('all-bytes'), bytes)
        expect(Uint8Array.from(value(await host.read(at('all-bytes'))))).toEqual(bytes)
      })

      it('says which file of which server is missing', async () => {
        const failed = error(await host.read(at('nothing')))
        expect(failed.code).toBe('hosts.missing')
        expect(failed.because).toContain(at('nothing'))
        expect(failed.because).toContain(host.server)
      })

      it('says that a folder is no file', async () => {
        expect(error(await host.read(folder)).code).toBe('hosts.is-a-folder')
      })
    })

    describe('replace', () => {
      it('puts a new file there, with its mode whatever the umask', async () => {
        value(await host.replace(file('named.conf', 'one', 0o666)))
        expect(await textOf('named.conf')).toBe('one')
        expect(await modeOf('named.conf')).toBe(0o666)
      })

      it('puts new content and mode in the place of old ones', async () => {
        value(await host.replace(file('named.conf', 'a longer old content', 0o644)))
        value(await host.replace(file('named.conf', 'new', 0o600)))
        expect(await textOf('named.conf')).toBe('new')
        expect(await modeOf('named.conf')).toBe(0o600)
      })

      it('makes the folders on the way, for named and nobody else', async () => {
        value(await host.replace(file('baton/active/view.conf', 'zones')))
        expect(await textOf('baton/active/view.conf')).toBe('zones')
        expect(await modeOf('baton/active')).toBe(0o750)
      })

      it('never shows a part: readers see the old content or the new one', async () => {
        const contents = ['a', 'b'].map(letter => letter.repeat(1_000_000))
        value(await host.replace(file('whole', contents[0] as string)))
        const seen = new Set<string>()
        const writing = (async () => {
          for (let round = 0; round < 10; round++)
            value(await host.replace(file('whole', contents[round % 2] as string)))
        })()
        const reading = (async () => {
          for (let round = 0; round < 20; round++) seen.add(await textOf('whole'))
        })()
        await Promise.all([writing, reading])
        for (const content of seen) expect(contents.includes(content)).toBe(true)
      })

      it('refuses a symbolic link, and leaves it and its target alone', async () => {
        await writeFile(at('named.active.conf'), 'active')
        await symlink('named.active.conf', at('named.conf'))
        expect(error(await host.replace(file('named.conf', 'standby'))).code).toBe('hosts.symbolic-link')
        expect(await textOf('named.active.conf')).toBe('active')
        expect(value(await host.list(folder))).toEqual(['named.active.conf', 'named.conf'])
      })

      it('follows a link among the folders', async () => {
        await mkdir(at('srv'))
        await symlink('srv', at('etc'))
        value(await host.replace(file('etc/named.conf', 'linked')))
        expect(await textOf('srv/named.conf')).toBe('linked')
      })

      it.each([
        ['a folder in its place', 'folder', 'hosts.is-a-folder'],
        ['a file where a folder should be', 'file/named.conf', 'hosts.not-a-folder'],
        ['a name too long', 'n'.repeat(256), 'hosts.path-too-long'],
      ])('fails on %s, and leaves nothing behind', async (_, path, code) => {
        await mkdir(at('folder'))
        await writeFile(at('file'), 'file')
        const failed = error(await host.replace(file(path, 'content')))
        expect(failed.code).toBe(code)
        expect(failed.because).toContain(at(path))
        expect(value(await host.list(folder))).toEqual(['file', 'folder'])
      })

      it('fails when the user who should own it does not exist', async () => {
        const failed = error(await host.replace({ ...file('secret', 's'), user: 'no-such-user' }))
        expect(failed.code).toBe('hosts.user-unknown')
        expect(value(await host.list(folder))).toEqual([])
      })
    })

    describe('create', () => {
      it('creates a file where nothing is, and only there', async () => {
        value(await host.create(file('lock', 'first')))
        expect(error(await host.create(file('lock', 'second'))).code).toBe('hosts.exists')
        expect(await textOf('lock')).toBe('first')
        expect(value(await host.list(folder))).toEqual(['lock'])
      })

      it('lets exactly one of many win, whose content is whole', async () => {
        const creators = Array.from({ length: PARALLEL_CREATORS }, (_, index) => `creator ${index}`)
        const results = await Promise.all(creators.map(content => host.create(file('lock', content))))
        expect(results.filter(({ ok }) => ok)).toHaveLength(1)
        expect(await textOf('lock')).toBe(creators[results.findIndex(({ ok }) => ok)])
        expect(value(await host.list(folder))).toEqual(['lock'])
      })

      it('counts a dangling link as something', async () => {
        await symlink('nowhere', at('lock'))
        expect(error(await host.create(file('lock', 'x'))).code).toBe('hosts.exists')
      })
    })

    describe('append', () => {
      it('creates the file with its folders and mode, then adds to it', async () => {
        value(await host.append(file('runs/journal', 'one\n', 0o600)))
        value(await host.append(file('runs/journal', 'two\n', 0o644)))
        expect(await textOf('runs/journal')).toBe('one\ntwo\n')
        expect(await modeOf('runs/journal')).toBe(0o600)
      })

      it('refuses a symbolic link', async () => {
        await writeFile(at('target'), 'target')
        await symlink('target', at('journal'))
        expect(error(await host.append(file('journal', 'x'))).code).toBe('hosts.symbolic-link')
        expect(await textOf('target')).toBe('target')
      })

      it('says that a folder is no file', async () => {
        expect(error(await host.append({ ...file('', 'x'), path: folder })).code).toBe('hosts.is-a-folder')
      })
    })

    describe('copy', () => {
      it('copies content and mode, large files too, over what is there', async () => {
        const content = 'zone '.repeat(1_000_000)
        value(await host.replace(file('active.conf', content, 0o604)))
        value(await host.replace(file('named.conf', 'old', 0o640)))
        value(await host.copy(at('active.conf'), at('named.conf')))
        expect((await textOf('named.conf')) === content).toBe(true)
        expect(await modeOf('named.conf')).toBe(0o604)
      })

      it('fails without its source and leaves the target as it was', async () => {
        await writeFile(at('named.conf'), 'old')
        expect(error(await host.copy(at('nothing'), at('named.conf'))).code).toBe('hosts.missing')
        expect(error(await host.copy(folder, at('named.conf'))).code).toBe('hosts.is-a-folder')
        expect(await textOf('named.conf')).toBe('old')
        expect(value(await host.list(folder))).toEqual(['named.conf'])
      })
    })

    describe('remove', () => {
      it('removes a file, a folder with all it holds, and nothing at all', async () => {
        value(await host.replace(file('file', 'x')))
        value(await host.replace(file('folder/deep/file', 'x')))
        for (const path of ['file', 'folder', 'nothing', 'no/such/folder', 'file/below'])
          value(await host.remove(at(path)))
        expect(value(await host.list(folder))).toEqual([])
      })

      it('removes a link, not what it points to', async () => {
        value(await host.replace(file('folder/file', 'kept')))
        await symlink('folder', at('link'))
        value(await host.remove(at('link')))
        expect(await textOf('folder/file')).toBe('kept')
      })
    })

    describe('list', () => {
      it('gives the names sorted, and none for a missing folder', async () => {
        for (const name of ['b', 'a', 'C', '.hidden']) await writeFile(at(name), '')
        expect(value(await host.list(folder))).toEqual(['.hidden', 'C', 'a', 'b'])
        expect(value(await host.list(at('nothing')))).toEqual([])
      })

      it('says that a file is no folder', async () => {
        await writeFile(at('file'), '')
        expect(error(await host.list(at('file'))).code).toBe('hosts.not-a-folder')
      })
    })

    describe('heads', () => {
      it('gives beginning, size and time of each file that exists, by the path as it was given', async () => {
        await writeFile(at('long'), 'x'.repeat(1000))
        await writeFile(at('short'), 'short')
        await utimes(at('short'), 1_000_000_000, 1_000_000_000)
        const paths = ['long', at('short'), 'missing', 'short/below']
        const heads = value(await host.heads({ folder, paths, bytes: 16 }))
        expect([...heads.keys()]).toEqual(['long', at('short')])
        const long = value(heads.get('long') as Result<{ bytes: Uint8Array; size: number }, Failure>)
        expect(Buffer.from(long.bytes).toString()).toBe('x'.repeat(16))
        expect(long.size).toBe(1000)
        const short = heads.get(at('short'))
        expect(short).toMatchObject({ ok: true, value: { size: 5, modified: 1_000_000_000_000 } })
      })

      it('gives a failure for one that cannot be read, and the others all the same', async () => {
        await mkdir(at('folder'))
        await writeFile(at('file'), 'x')
        const heads = value(await host.heads({ folder, paths: ['folder', 'file'], bytes: 16 }))
        expect(heads.get('file')?.ok).toBe(true)
        expect(heads.get('folder')).toMatchObject({ ok: false, error: { code: 'hosts.is-a-folder' } })
      })

      it('refuses more files than it may hold', async () => {
        const paths = Array.from({ length: HEADS_MAX + 1 }, () => 'x')
        expect(error(await host.heads({ folder, paths, bytes: 16 })).code).toBe('hosts.too-many-files')
      })
    })

    describe('digests', () => {
      it('gives the SHA-256 of each file that exists, small or large', async () => {
        const large = 'large '.repeat(100_000)
        await writeFile(at('small'), 'small')
        await writeFile(at('large'), large)
        const digests = value(await host.digests([at('small'), at('missing'), at('large')]))
        expect(digests).toEqual(
          new Map([
            [at('small'), createHash('sha256').update('small').digest('hex')],
            [at('large'), createHash('sha256').update(large).digest('hex')],
          ]),
        )
      })

      it('fails when one cannot be read', async () => {
        expect(error(await host.digests([folder])).code).toBe('hosts.is-a-folder')
      })
    })

    describe('touch', () => {
      it('sets the time of each file that exists to now, and makes no file', async () => {
        await writeFile(at('old'), 'x')
        await utimes(at('old'), 1_000_000_000, 1_000_000_000)
        const before = value(await host.clock()).now
        value(await host.touch({ folder, paths: ['old', 'missing'] }))
        expect((await stat(at('old'))).mtimeMs).toBeGreaterThan(before - HOUR_MS)
        expect(value(await host.list(folder))).toEqual(['old'])
      })
    })

    describe('run', () => {
      const deadlineMs = COMMAND_DEADLINE_MS

      it('gives exit code and output of a good and of a bad configuration', async () => {
        await writeFile(at('good.conf'), 'options { recursion no; };\n')
        await writeFile(at('bad.conf'), 'options { nonsense; };\n')
        const checkconf = { kind: 'named-checkconf', zones: false, deadlineMs } as const
        const good = value(await host.run({ ...checkconf, file: at('good.conf') }))
        expect(good).toMatchObject({ exit: 0, stdout: '' })
        const bad = value(await host.run({ ...checkconf, file: at('bad.conf') }))
        expect(bad.exit).toBe(1)
        expect(bad.stdout + bad.stderr).toContain("unknown option 'nonsense'")
      })

      it('takes a name for a name, whatever a shell would make of it', async () => {
        const path = at('$(touch made); `touch made` & .conf')
        await writeFile(path, 'options { recursion no; };\n')
        const outcome = value(
          await host.run({ kind: 'named-checkconf', file: path, zones: false, deadlineMs }),
        )
        expect(outcome.exit).toBe(0)
        expect(value(await host.list(folder))).toHaveLength(1)
      })

      it('stops a command that is late', async () => {
        await promisify(execFile)('mkfifo', [at('never.conf')])
        const late = {
          kind: 'named-checkconf',
          file: at('never.conf'),
          zones: false,
          deadlineMs: 200,
        } as const
        const failed = error(await host.run(late))
        expect(failed.code).toBe('hosts.command-deadline')
        expect(failed.elapsedMs).toBeGreaterThan(0)
      })
    })

    describe('folders', () => {
      it('says what is free and whether it may be written to', async () => {
        const [here, missing] = value(await host.folders({ paths: [folder, at('no/such')], user: undefined }))
        expect(here).toMatchObject({ path: folder, exists: true, writable: true, because: undefined })
        expect(here?.bytesFree).toBeGreaterThan(0)
        expect(here?.inodesFree).toBeGreaterThan(0)
        expect(missing).toMatchObject({ exists: false, writable: false, because: 'it does not exist' })
      })

      it('says that a file is no folder, and that a user is unknown', async () => {
        await writeFile(at('file'), '')
        const [state] = value(await host.folders({ paths: [at('file')], user: undefined }))
        expect(state).toMatchObject({ writable: false, because: 'it is not a folder' })
        const failed = error(await host.folders({ paths: [folder], user: 'no-such-user' }))
        expect(failed.code).toBe('hosts.user-unknown')
      })
    })

    it('tells the time of day', async () => {
      const { now, roundTripMs } = value(await host.clock())
      expect(Math.abs(now - Date.now())).toBeLessThan(HOUR_MS)
      expect(roundTripMs).toBeGreaterThanOrEqual(0)
    })

    it('takes a relative path for a defect', async () => {
      await expect(host.read('named.conf')).rejects.toThrow('absolute')
    })
  })
}

function value<Value>(result: Result<Value, Failure>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.because}`)
  return result.value
}

function error(result: Result<unknown, Failure>): Failure {
  if (result.ok) throw new Error('it went well where it should have failed')
  expect(result.error.remedy).not.toBe('')
  return result.error
}
