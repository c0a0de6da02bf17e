import { execFileSync } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guardInstall, guardStatus, status } from '../../src/app/commands/index.ts'
import { ok } from '../../src/core/base/index.ts'
import { outcomeOf, PushBench } from '../support/push-bench.ts'

const isRoot = process.geteuid?.() === 0
const SKIPPED = 'only root can give files to named’s user'
const NAMED = 'nobody'
const SERVERS = ['ns1', 'ns2', 'e1']

/** As Baton left it before its files were root's: all of it is named's user's. */
describe('servers whose configuration belongs to named', () => {
  let bench: PushBench

  beforeAll(async () => {
    if (!isRoot) {
      console.warn(`skipped: ${SKIPPED}`)
      return
    }
    bench = await PushBench.open()
    execFileSync('chmod', ['755', bench.at('.')])
    bench.edit(bench.fleetFile, text =>
      text.replace(/server-defaults:/, `server-defaults:\n  user: ${NAMED}`),
    )
    for (const server of SERVERS)
      for (const folder of ['etc', 'var'])
        execFileSync('chown', ['-R', `${NAMED}:`, bench.at(`servers/${server}/${folder}`)])
    // named runs as root here, and as root gives up the right to write into folders of others.
    for (const server of SERVERS)
      execFileSync('sh', [
        '-c',
        'chgrp -R root "$1" && chmod -R g+w "$1"',
        'sh',
        bench.at(`servers/${server}/var`),
      ])
  })
  afterAll(() => (isRoot ? bench.remove() : undefined))

  const foreign = (folder: string): readonly string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map(name => join(folder, name))
      .concat(folder)
      .filter(path => lstatSync(path).uid !== 0 || (lstatSync(path).mode & 0o022) !== 0)

  it('are told of, and given to root by a push, whose files named may read', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const before = await status({ fleetFile: bench.fleetFile })
    const codes = before.ok ? before.value.verdicts.map(({ code }) => code) : []
    expect(codes).toContain('snapshot.files-exposed')
    const guards = await guardStatus({
      fleetFile: bench.fleetFile,
      servers: [],
      folder: undefined,
      unit: undefined,
    })
    expect(guards.ok && guards.value.servers[0]?.findings.map(({ code }) => code)).toContain('guard.exposed')
    const pushed = await bench.push()
    expect(outcomeOf(pushed), JSON.stringify(pushed.kind === 'ran' ? pushed.run.problems : [])).toBe('done')
    for (const server of SERVERS) {
      const { configuration } = paths(server)
      expect(foreign(configuration), server).toEqual([])
      const read = `cat '${configuration}/named.conf' >/dev/null && ls '${configuration}/baton'`
      execFileSync('sh', ['-c', read], { uid: 65_534, gid: 65_534, stdio: 'ignore' })
    }
    const after = await status({ fleetFile: bench.fleetFile })
    expect(after.ok && after.value.verdicts.map(({ code }) => code)).not.toContain('snapshot.files-exposed')
    expect(outcomeOf(await bench.push())).toBe('nothing-to-do')
  }, 120_000)

  it('are repaired by the installation of the guard as well', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const { configuration } = paths('ns1')
    const content = readFileSync(join(configuration, 'named.conf'), 'utf8')
    execFileSync('chown', ['-R', NAMED, join(configuration, 'baton')])
    const installed = await guardInstall({
      fleetFile: bench.fleetFile,
      servers: ['ns1'],
      folder: undefined,
      unit: undefined,
      agree: async ({ servers }) => {
        expect(servers[0]?.exposed).toContain(join(configuration, 'baton'))
        return ok(undefined)
      },
    })
    expect(installed.ok).toBe(true)
    expect(foreign(configuration)).toEqual([])
    expect(statSync(join(configuration, 'baton', 'guard')).mode & 0o777).toBe(0o755)
    expect(readFileSync(join(configuration, 'named.conf'), 'utf8')).toBe(content)
  }, 60_000)

  function paths(server: string) {
    return { configuration: bench.at(`servers/${server}/etc`) }
  }
})
