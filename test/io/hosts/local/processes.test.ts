import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localHost } from '../../../../src/io/hosts/index.ts'

/** It listens nowhere, so that any number may run. */
const CONFIGURATION = `options {
  listen-on { none; };
  listen-on-v6 { none; };
  pid-file none;
  session-keyfile none;
  directory "/";
  recursion no;
};
controls { };
`
/** A name that no other test's server has: a named whose configuration is not certain counts for all that are called alike. */
const NAME = 'named-of-this-test.conf'

describe('a process of named', () => {
  const host = localHost('ns1')
  let folder: string
  let child: ChildProcess | undefined

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-processes-'))
    for (const path of [NAME, `etc/bind/${NAME}`, `other/${NAME}`, 'etc/bind/named.conf']) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), CONFIGURATION)
    }
    await symlink(folder, `${folder}.link`)
  })
  afterEach(async () => {
    if (child !== undefined && child.exitCode === null && child.kill()) await once(child, 'exit')
    child = undefined
    await rm(`${folder}.link`)
    await rm(folder, { recursive: true })
  })

  async function start(program: string, words: readonly string[]): Promise<void> {
    child = spawn('named', words, { argv0: program, cwd: folder, stdio: 'ignore' })
    await once(child, 'spawn')
  }

  it.each<[string, (at: (path: string) => string) => readonly string[]]>([
    ['an absolute path', at => ['-g', '-c', at(NAME)]],
    ['a path in the same word', at => ['-g', `-c${at(NAME)}`]],
    ['a bundle of options', at => ['-gc', at(NAME)]],
    ['a link to the folder', () => ['-g', '-c', join(`${folder}.link`, NAME)]],
    ['a path relative to where it was started', () => ['-g', '-c', NAME]],
    ['a relative path in a bundle', () => ['-4gc', `./${NAME}`]],
    ['a path in a chroot', at => ['-g', '-t', at('.'), '-c', `/etc/bind/${NAME}`]],
  ])('is found by %s', async (_, words) => {
    await start(
      'named',
      words(path => join(folder, path)),
    )
    const wanted = join(folder, words(path => path).includes('-t') ? `etc/bind/${NAME}` : NAME)
    expect(await host.namedRuns(wanted)).toEqual({ ok: true, value: true })
  })

  it('is found whatever it was compiled to read, in a chroot too', async () => {
    await start('named', ['-g', '-t', folder])
    expect(await host.namedRuns(join(folder, 'etc/bind/named.conf'))).toEqual({ ok: true, value: true })
  })

  it.each(['named-pkcs11', 'bind'])('is found under the name %s', async program => {
    await start(program, ['-g', '-c', join(folder, NAME)])
    expect(await host.namedRuns(join(folder, NAME))).toEqual({ ok: true, value: true })
  })

  it('is another one where its configuration is another file, and none once it has ended', async () => {
    await start('named', ['-g', '-c', join(folder, 'other', NAME)])
    expect(await host.namedRuns(join(folder, NAME))).toEqual({ ok: true, value: false })
    expect(await host.namedRuns(join(folder, 'other', NAME))).toEqual({ ok: true, value: true })
    child?.kill()
    if (child !== undefined) await once(child, 'exit')
    expect(await host.namedRuns(join(folder, 'other', NAME))).toEqual({ ok: true, value: false })
  })

  it('is not whoever only speaks of named', async () => {
    child = spawn('sh', ['-c', 'read _', 'named', '-c', join(folder, NAME)], { stdio: 'pipe' })
    await once(child, 'spawn')
    expect(await host.namedRuns(join(folder, NAME))).toEqual({ ok: true, value: false })
  })
})
