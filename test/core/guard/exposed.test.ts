import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { printUnits } from '../../../src/core/guard/index.ts'
import { type GuardedServer, SHELLS } from './guarded-server.ts'
import { useGuardedServers } from './use-guarded-servers.ts'

const isRoot = process.geteuid?.() === 0
const SKIPPED = 'only root can be attacked by named’s user'
const SECRET = 'known to root alone'
const MOMENT_OLD_S = 1_000_000_000

/** named's user where BIND is installed, and any user without rights elsewhere. */
const NAMED = account('bind') ?? account('named') ?? { name: 'nobody', uid: 65_534, gid: 65_534 }

const layServer = useGuardedServers()

/** A server as Baton leaves it: what root runs is root's, zones are named's; and a file that root alone may read. */
function lay(): GuardedServer & { readonly canary: string } {
  const server = layServer({ own: 'active', answers: ['higher-term'] })
  const etc = join(server.folder, 'etc')
  chmodSync(server.folder, 0o755)
  // named's user reads all of it, as its group.
  execFileSync('chgrp', ['-R', String(NAMED.gid), etc])
  const zones = join(server.folder, 'var')
  for (const name of ['', ...readdirSync(zones)]) chownSync(join(zones, name), NAMED.uid, NAMED.gid)
  const state = join(etc, 'baton', 'state')
  writeFileSync(state, `${readFileSync(state, 'utf8')}user=${NAMED.name}\ndirectory=${zones}\n`)
  const canary = join(server.folder, 'canary')
  writeFileSync(canary, SECRET)
  chmodSync(canary, 0o600)
  utimesSync(canary, MOMENT_OLD_S, MOMENT_OLD_S)
  return { ...server, canary }
}

function expectUntouched(canary: string): void {
  expect(readFileSync(canary, 'utf8')).toBe(SECRET)
  expect(statSync(canary)).toMatchObject({ uid: 0, mtimeMs: MOMENT_OLD_S * 1000, nlink: 1 })
}

/** Everything that the user can read below a folder. */
function readableToNamed(folder: string): string {
  return asNamed(`find '${folder}' -type f -exec cat {} + 2>/dev/null; true`)
}

function asNamed(script: string): string {
  return execFileSync('sh', ['-c', script], {
    uid: NAMED.uid,
    gid: NAMED.gid,
    cwd: '/',
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

describe.each(SHELLS)('%s as root', shell => {
  test('saves what named holds, for root alone, and empties it', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const server = lay()
    const { exit, output } = await server.run(shell, 'boot')
    expect({ exit, output }).toMatchObject({ exit: 0 })
    expect(output).toContain('standby because guard.higher-term')
    expect(output).not.toContain('guard.exposed')
    const saved = join('etc/baton/rescue/7/files', server.folder, 'var')
    expect(server.read(join(saved, 'one.example.db.jnl'))).toBe('one.example.db.jnl\n')
    expect(readdirSync(join(server.folder, 'var'))).toEqual([])
    for (const path of ['rescue', 'rescue/7', 'rescue/7/files', 'guard.log', 'state', '../named.conf'])
      expect(statSync(join(server.folder, 'etc/baton', path)), path).toMatchObject({ uid: 0 })
    expect(readableToNamed(join(server.folder, 'etc/baton/rescue'))).toBe('')
  })

  test('follows no link that named put in place of a zone file or its journal', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const server = lay()
    const zones = join(server.folder, 'var')
    asNamed(
      `cd '${zones}' && rm two.example.db one.example.db.jnl && ln -s '${server.canary}' two.example.db && ln -s '${server.canary}' one.example.db.jnl`,
    )
    const { exit, output } = await server.run(shell, 'boot')
    expect({ exit, output }).toMatchObject({ exit: 0 })
    expect(output).toContain('without 2 symbolic links')
    expectUntouched(server.canary)
    expect(countSecrets(join(server.folder, 'etc'))).toBe(0)
    expect(readdirSync(zones)).toEqual([])
  })

  test('follows no folder that named swapped for a link', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const server = lay()
    chownSync(server.folder, NAMED.uid, NAMED.gid)
    const aim = join(server.folder, 'aim')
    mkdirSync(aim)
    renameSync(server.canary, join(aim, 'two.example.db'))
    asNamed(`cd '${server.folder}' && mv var var.old && ln -s '${aim}' var`)
    const { exit, output } = await server.run(shell, 'boot')
    expect({ exit, output }).toMatchObject({ exit: 0 })
    expectUntouched(join(aim, 'two.example.db'))
    expect(countSecrets(join(server.folder, 'etc'))).toBe(0)
  })

  const exposures: readonly [string, (etc: string) => void][] = [
    ['the script', etc => chownSync(join(etc, 'baton/guard'), NAMED.uid, NAMED.gid)],
    ['a table', etc => chmodSync(join(etc, 'baton/guard.zones'), 0o664)],
    ['the state file', etc => chownSync(join(etc, 'baton/state'), NAMED.uid, NAMED.gid)],
    ['the role file', etc => chownSync(join(etc, 'named.standby.conf'), NAMED.uid, NAMED.gid)],
    ['the folder baton', etc => chownSync(join(etc, 'baton'), NAMED.uid, NAMED.gid)],
    ['the group of baton', etc => chmodSync(join(etc, 'baton'), 0o775)],
    ['the folder of the configuration', etc => chownSync(etc, NAMED.uid, NAMED.gid)],
    ['a folder above', etc => chownSync(join(etc, '..'), NAMED.uid, NAMED.gid)],
    ['everything', etc => void execFileSync('chown', ['-R', NAMED.name, etc])],
  ]
  test.for(exposures)(
    'where named could change %s it starts as standby, and says so',
    async (each, { skip }) => {
      if (!isRoot) skip(SKIPPED)
      const [, expose] = each
      const server = lay()
      expose(join(server.folder, 'etc'))
      const { exit, output } = await server.run(shell, 'boot')
      expect({ exit, output }).toMatchObject({ exit: 0 })
      expect(output).toContain('guard.exposed')
      expect(server.read('etc/named.conf')).toContain('/marker/standby.db')
      expectUntouched(server.canary)
    },
  )

  test('a role file that is a link to a secret is not installed', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const server = lay()
    const etc = join(server.folder, 'etc')
    chownSync(etc, NAMED.uid, NAMED.gid)
    asNamed(`cd '${etc}' && rm -f named.standby.conf && ln -s '${server.canary}' named.standby.conf`)
    const { exit } = await server.run(shell, 'boot')
    expect(exit).toBe(0)
    expect(server.read('etc/named.conf')).not.toContain(SECRET)
    expectUntouched(server.canary)
  })

  test('appends to no log, and writes no record, through what named planted', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const server = lay()
    const baton = join(server.folder, 'etc/baton')
    chownSync(baton, NAMED.uid, NAMED.gid)
    for (const name of ['guard.log', 'guard.busy', 'guard.kept', 'guard.watched', 'guard.new'])
      symlinkSync(server.canary, join(baton, name))
    symlinkSync(join(server.folder), join(baton, 'rescue'))
    const { exit, output } = await server.run(shell, 'boot')
    expect({ exit, output }).toMatchObject({ exit: 0 })
    expectUntouched(server.canary)
    expect(lstatSync(join(baton, 'guard.log')).isFile()).toBe(true)
  })
})

describe('the units', () => {
  test('root runs no script that named wrote', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const server = lay()
    const etc = join(server.folder, 'etc')
    const [dropIn] = printUnits({ script: join(etc, 'baton/guard'), unit: 'named.service' })
    const line = /^ExecStartPre=\+(.*)$/m.exec(dropIn?.content ?? '')?.[1] ?? ''
    const started = line.replaceAll('$$', '$')
    const owned = join(server.folder, 'owned')
    const attack = `id -u >'${owned}'; cp /bin/sh '${owned}.sh'`
    chmodSync(server.folder, 0o777)
    chownSync(join(etc, 'baton'), NAMED.uid, NAMED.gid)
    asNamed(`cd '${etc}/baton' && mv guard guard.old && echo "${attack.replaceAll("'", '')}" >guard`)
    expect(await sh(started)).toBe(0)
    expect(readFileSync(owned, 'utf8').trim()).toBe(String(NAMED.uid))
    rmSync(owned)
    // In a folder of root's the script itself is named's.
    chownSync(join(etc, 'baton'), 0, NAMED.gid)
    expect(await sh(started)).toBe(0)
    expect(readFileSync(owned, 'utf8').trim()).toBe(String(NAMED.uid))
    expect(server.read('etc/named.conf')).toContain('/marker/standby.db')
  })

  test('they run the guard where all is root’s', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const server = lay()
    const units = printUnits({ script: join(server.folder, 'etc/baton/guard'), unit: 'named.service' })
    const line = /^ExecStartPre=\+(.*)$/m.exec(units[0]?.content ?? '')?.[1] ?? ''
    expect(await sh(line.replaceAll('$$', '$'))).toBe(0)
    expect(server.read('etc/baton/guard.log')).toContain('standby because guard.higher-term')
  })
})

function sh(script: string): Promise<number> {
  return new Promise(resolve => {
    execFile('sh', ['-c', script], error => resolve(error === null ? 0 : Number(error.code)))
  })
}

/** Files below a folder that hold what root alone may know. */
function countSecrets(folder: string): number {
  const script = `grep -rl '${SECRET}' '${folder}' | wc -l`
  return Number(execFileSync('sh', ['-c', script], { encoding: 'utf8' }))
}

function account(name: string) {
  const fields = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .find(([each]) => each === name)
  return fields === undefined ? undefined : { name, uid: Number(fields[2]), gid: Number(fields[3]) }
}
