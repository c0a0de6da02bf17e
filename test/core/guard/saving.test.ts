import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ANSWERS, decideBoot, OWN_STANDINGS } from '../../../src/core/guard/index.ts'
import { SHELLS } from './guarded-server.ts'
import { useGuardedServers } from './use-guarded-servers.ts'

const lay = useGuardedServers()

describe.each(SHELLS)('what becomes of the files, under %s', shell => {
  test.concurrent('a deposed server is saved, emptied and standby, and that only once', async () => {
    const server = lay({ own: 'active', answers: ['confirms', 'higher-term'] })
    const { exit, output } = await server.run(shell, 'boot')
    expect([exit, output]).toEqual([0, expect.stringContaining('saved 3 files in rescue/7')])
    expect(readdirSync(join(server.folder, 'var'))).toEqual([])
    const rescue = join('etc', 'baton', 'rescue', '7')
    for (const file of ['one.example.db', 'one.example.db.jnl', 'two.example.db'])
      expect(server.read(join(rescue, 'files', server.folder, 'var', file))).toBe(`${file}\n`)
    const manifest = server.read(join(rescue, 'manifest'))
    for (const line of ['set=default', 'term=7', 'term-learned=8', 'code=guard.higher-term'])
      expect(manifest.split('\n')).toContain(line)
    expect(manifest).toContain(`zone=one.example\t_default\t${server.folder}/var/one.example.db\t`)
    expect(server.read('etc/named.conf')).toBe(server.read('etc/named.standby.conf'))
    for (const line of ['role.default=standby', 'term.default=8', 'since.default=2026-01-02T03:04:05Z'])
      expect(server.read('etc/baton/state').split('\n')).toContain(line)
    const marker = server.read('etc/baton/marker/standby.db')
    for (const part of ['invalid. 8 3600', '"term=8"', '"since=2026-01-02T03:04:05Z"'])
      expect(marker).toContain(part)
    expect(await server.run(shell, 'boot')).toMatchObject({ exit: 0 })
    expect(readdirSync(join(server.folder, 'etc/baton/rescue'))).toEqual(['7'])
    expect((await server.run(shell, 'status')).output).toContain(
      'boot: set default standby because guard.was-standby',
    )
  })

  test.concurrent('what a step-down that was cut off saved is not saved again', async () => {
    const server = lay({ own: 'active', answers: ['higher-term'] })
    const one = join(server.folder, 'var/one.example.db')
    writeFileSync(join(server.folder, 'etc/named.standby.conf'), '')
    const failed = await server.run(shell, 'boot')
    expect([failed.exit, failed.output]).toEqual([1, expect.stringContaining('because guard.not-installed;')])
    // As if the removal had been cut off: one file is there still.
    writeFileSync(one, 'one.example.db\n')
    writeFileSync(join(server.folder, 'etc/named.standby.conf'), '# standby\n')
    const state = server.read('etc/baton/state').replace('term.default=8', 'term.default=7')
    writeFileSync(join(server.folder, 'etc/baton/state'), state.replace('standby', 'active'))
    const again = await server.run(shell, 'boot')
    expect([again.exit, again.output]).toEqual([0, expect.stringContaining('saved before in rescue/7')])
    expect(existsSync(one)).toBe(false)
    expect(readdirSync(join(server.folder, 'etc/baton/rescue'))).toEqual(['7'])
  })

  test.concurrent('files that were saved, but can’t be noted as left in place, keep named from starting', async () => {
    const server = lay({ own: 'active', answers: ['silent'] })
    mkdirSync(join(server.folder, 'etc/baton/guard.kept'))
    for (const saved of ['saved 3 files in rescue/7, and not all', 'saved before in rescue/7, and not all']) {
      const { exit, output } = await server.run(shell, 'boot')
      expect([exit, output]).toEqual([1, expect.stringContaining('unsafe because guard.not-cleared;')])
      expect(output).toContain(saved)
    }
    expect(server.read('etc/named.conf')).toContain('active.db')
    rmSync(join(server.folder, 'etc/baton/guard.kept'), { recursive: true })
    expect((await server.run(shell, 'boot')).exit).toBe(0)
  })

  test.concurrent('two guards at once save everything, once', async () => {
    const server = lay({ own: 'active', answers: ['higher-term'] })
    const boots = await Promise.all([server.run(shell, 'boot'), server.run(shell, 'boot')])
    const outputs = boots.map(({ output }) => output)
    expect(boots.map(({ exit }) => exit)).toEqual([0, 0])
    expect(outputs.filter(output => output.includes('saved 3 files in rescue/7'))).toHaveLength(1)
    expect(outputs.filter(output => output.includes('guard.was-standby'))).toHaveLength(1)
    expect(readdirSync(join(server.folder, 'etc/baton/rescue'))).toEqual(['7'])
  })

  test.concurrent('a server whose state says nothing is saved under an unknown term', async () => {
    const server = lay({ own: 'state-empty', answers: [] })
    const { exit, output } = await server.run(shell, 'boot')
    const saved = 'saved 3 files in rescue/unknown, and left them in place'
    expect([exit, output]).toEqual([0, expect.stringContaining(saved)])
    expect(readdirSync(join(server.folder, 'var'))).toHaveLength(3)
    expect(server.read('etc/baton/guard.kept')).toBe('default=unknown\n')
    expect(server.read('etc/named.conf')).toBe(server.read('etc/named.standby.conf'))
  })

  test.concurrent('what was left under an unknown term is emptied by a proof, and by no term of its own', async () => {
    const server = lay({ own: 'standby', answers: ['confirms', 'higher-term'] })
    const state = server.read('etc/baton/state')
    rmSync(join(server.folder, 'etc/baton/state'))
    expect((await server.run(shell, 'boot')).exit).toBe(0)
    const pushed = state.replace(/^(peers\.default)=.*$/m, '$1=confirms')
    writeFileSync(join(server.folder, 'etc/baton/state'), pushed)
    const stayed = await server.run(shell, 'boot')
    expect([stayed.exit, stayed.output]).toEqual([0, expect.stringContaining('guard.was-standby;')])
    expect(stayed.output).not.toContain('/guard')
    expect(readdirSync(join(server.folder, 'var'))).toHaveLength(3)
    writeFileSync(join(server.folder, 'etc/baton/state'), state)
    expect((await server.run(shell, 'boot')).output).toContain('because guard.higher-term;')
    expect(readdirSync(join(server.folder, 'var'))).toEqual([])
  })

  test.concurrent.each(OWN_STANDINGS.flatMap(own => ANSWERS.map(answer => ({ own, answer }))))(
    'only a proof that somebody was promoted empties a server: $own, $answer',
    async ({ own, answer }) => {
      const server = lay({ own, answers: [answer] })
      expect((await server.run(shell, 'boot')).exit).toBe(0)
      const isAsked = own === 'active' || own === 'standby'
      const isProved = isAsked && (answer === 'higher-term' || answer === 'rival')
      expect(readdirSync(join(server.folder, 'var'))).toHaveLength(isProved ? 0 : 3)
      expect(existsSync(join(server.folder, 'etc/baton/rescue'))).toBe(
        decideBoot(own, [answer]).role === 'standby',
      )
    },
  )

  test.concurrent('nobody answers: saved, but left in place, until somebody’s higher term is heard', async () => {
    const server = lay({ own: 'active', answers: ['silent', 'higher-term'] })
    const state = server.read('etc/baton/state')
    const heard = (peer: string) =>
      writeFileSync(
        join(server.folder, 'etc/baton/state'),
        server.read('etc/baton/state').replace(/^peers\.default=.*$/m, `peers.default=${peer}`),
      )
    expect(state).toContain('peers.default=silent higher-term')
    heard('silent')
    const alone = await server.run(shell, 'boot')
    expect(alone.output).toContain('saved 3 files in rescue/7, and left them in place')
    expect(alone.exit).toBe(0)
    expect(readdirSync(join(server.folder, 'var'))).toHaveLength(3)
    expect(server.read('etc/named.conf')).toBe(server.read('etc/named.standby.conf'))
    expect((await server.run(shell, 'boot')).output).toContain('standby because guard.was-standby')
    expect(readdirSync(join(server.folder, 'etc/baton/rescue'))).toEqual(['7'])
    heard('higher-term')
    const told = await server.run(shell, 'boot')
    expect(told.output).toContain('standby because guard.higher-term')
    expect(told.output).toContain('saved before in rescue/7\n')
    expect(readdirSync(join(server.folder, 'var'))).toEqual([])
    expect((await server.run(shell, 'boot')).output).toContain('standby because guard.was-standby')
  })

  test.concurrent('what was left in place is emptied too when a run has told the newer term meanwhile', async () => {
    const server = lay({ own: 'active', answers: ['silent'] })
    expect((await server.run(shell, 'boot')).exit).toBe(0)
    const state = server.read('etc/baton/state').replace('term.default=7', 'term.default=8')
    writeFileSync(join(server.folder, 'etc/baton/state'), state)
    expect((await server.run(shell, 'boot')).output).toContain('saved 3 files in rescue/8')
    expect(readdirSync(join(server.folder, 'var'))).toEqual([])
  })
})
