import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ANSWERS, decideBoot, decideWatch, OWN_STANDINGS } from '../../../src/core/guard/index.ts'
import { SHELLS, type Situation } from './guarded-server.ts'
import { useGuardedServers } from './use-guarded-servers.ts'

const lay = useGuardedServers()

/** Every row of the table, and every pair of different answers. */
const SITUATIONS: readonly Situation[] = [
  ...OWN_STANDINGS.flatMap(own => ANSWERS.map(answer => ({ own, answers: [answer] }))),
  ...ANSWERS.flatMap((first, index) =>
    ANSWERS.slice(index + 1).map(second => ({ own: 'active' as const, answers: [second, first] })),
  ),
  { own: 'active', answers: [] },
]

describe.each(SHELLS)('the script under %s', shell => {
  test.concurrent.each(SITUATIONS)('decides by the table: $own, $answers', async situation => {
    const server = lay(situation)
    const { role, code } = decideBoot(situation.own, situation.answers)
    const { exit, output } = await server.run(shell, 'decide')
    expect(output).toContain(
      `decide: set ${role === 'active' || isSetKnown(situation) ? 'default' : '*'} ${role} `,
    )
    expect(output).toContain(`because ${code};`)
    expect(exit).toBe(0)
  })

  test.concurrent.each(ANSWERS)('a running active: %s', async answer => {
    const server = lay({ own: 'active', answers: [answer] })
    const { action } = decideWatch([answer])
    const { exit, output } = await server.run(shell, 'watch')
    // There is no named here to command, which the guard finds out before it touches anything.
    expect(output).toContain(action === 'stay' ? '' : 'guard.control-failed')
    expect(exit).toBe(action === 'stay' ? 0 : 1)
    expect(readdirSync(join(server.folder, 'var'))).toHaveLength(3)
  })

  test.concurrent('a watch leaves it to a guard that is at work already', async () => {
    const server = lay({ own: 'active', answers: ['higher-term'] })
    const busy = join(server.folder, 'etc/baton/guard.busy')
    const holder = spawn('flock', [busy, 'sh', '-c', 'echo held; read -r _'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    try {
      await once(holder.stdout, 'data')
      expect(await server.run(shell, 'watch')).toEqual({ exit: 0, output: '' })
      expect((await server.run(shell, 'decide')).output).toContain('because guard.higher-term;')
    } finally {
      holder.stdin.end()
      await once(holder, 'exit')
    }
    expect((await server.run(shell, 'watch')).output).toContain('guard.control-failed')
  })

  test.concurrent('each zone set is decided by its own answers', async () => {
    const server = lay({ own: 'active', answers: ['confirms'] })
    const second = ['role', 'term', 'since', 'peers', 'marker'].map(
      key => new RegExp(`^${key}\\.default=(.*)$`, 'm').exec(server.read('etc/baton/state'))?.[0] ?? '',
    )
    const state = server.read('etc/baton/state').replace('sets=default', 'sets=default second')
    const lines = second.map(line => line.replace('.default=', '.second='))
    writeFileSync(join(server.folder, 'etc/baton/state'), `${state}${lines.join('\n')}\n`)
    const { output } = await server.run(shell, 'decide')
    expect(output).toMatch(/set default active because guard\.confirmed;.*; heard confirms=confirms\n/)
    expect(output).toMatch(/set second standby because guard\.no-marker;.*; heard confirms=no-marker\n/)
  })

  test.concurrent.each([
    ['no version', (text: string) => text.replace('version=1\n', ''), 'state-unreadable'],
    ['a newer version', (text: string) => text.replace('version=1', 'version=2'), 'state-future'],
    ['half of it', (text: string) => text.slice(0, text.indexOf('role.')), 'state-unreadable'],
    ['no sets', (text: string) => text.replace('sets=default\n', ''), 'state-unreadable'],
    ['no term', (text: string) => text.replace(/^term.*\n/m, ''), 'state-unreadable'],
    [
      'an empty term',
      (text: string) => text.replace(/^term\.default=.*$/m, 'term.default='),
      'state-unreadable',
    ],
    [
      'a term too great',
      (text: string) => text.replace(/^term\.default=/m, '$&9999999999'),
      'state-unreadable',
    ],
    ['another role', (text: string) => text.replace('=active', '=boss'), 'state-unreadable'],
    [
      'no moment',
      (text: string) => text.replace(/^since\.default=.*$/m, 'since.default=x'),
      'state-unreadable',
    ],
    ['line ends of another system', (text: string) => text.replaceAll('\n', '\r\n'), 'state-unreadable'],
  ] as const)('a state file with %s says nothing', async (_, spoil, own) => {
    const server = lay({ own: 'active', answers: ['confirms'] })
    writeFileSync(join(server.folder, 'etc/baton/state'), spoil(server.read('etc/baton/state')))
    const { exit, output } = await server.run(shell, 'decide')
    expect([exit, output]).toEqual([0, expect.stringContaining(` standby because guard.${own};`)])
  })

  test.concurrent('a folder where the state file should be says nothing either', async () => {
    const server = lay({ own: 'state-missing', answers: [] })
    mkdirSync(join(server.folder, 'etc/baton/state'))
    const { output } = await server.run(shell, 'decide')
    expect(output).toContain('standby because guard.state-unreadable;')
  })

  test.concurrent('a key file that is gone or spoilt lets no answer count', async () => {
    const server = lay({ own: 'active', answers: ['confirms'] })
    for (const spoilt of ['', 'key "x" { };\n', 'key "x" { algorithm hmac-sha256; secret "!"; };\n']) {
      writeFileSync(join(server.folder, 'etc/baton/guard.key'), spoilt)
      expect((await server.run(shell, 'decide')).output).toContain('standby because guard.wrong-key;')
    }
    rmSync(join(server.folder, 'etc/baton/guard.key'))
    expect((await server.run(shell, 'decide')).output).toContain('standby because guard.wrong-key;')
  })

  test.concurrent('a confirmed active is left as it is', async () => {
    const server = lay({ own: 'active', answers: ['silent', 'confirms'] })
    const state = server.read('etc/baton/state')
    expect(await server.run(shell, 'boot')).toMatchObject({ exit: 0 })
    expect(server.read('etc/named.conf')).toContain('active.db')
    expect(server.read('etc/baton/state')).toBe(state)
    expect(existsSync(join(server.folder, 'etc/baton/rescue'))).toBe(false)
  })
})

/** Only a state file that can be read at all names the zone sets. */
function isSetKnown({ own }: Situation): boolean {
  return own !== 'state-missing' && own !== 'state-empty'
}
