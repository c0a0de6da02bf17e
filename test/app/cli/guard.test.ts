import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { killServer, labServerPaths, startServer, stopServer } from '../../../src/app/lab/index.ts'
import { guard, promoteByHand } from '../../support/guarded-lab.ts'
import { createTemporaryLab, type TemporaryLab } from '../../support/temporary-lab.ts'
import { type BuiltProgram, buildProgram, type Outcome } from './command.ts'

describe('baton guard', () => {
  let lab: TemporaryLab
  let units: string
  let program: BuiltProgram
  let script: string
  beforeAll(async () => {
    program = await buildProgram()
    lab = await createTemporaryLab({
      groups: [{ name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] }],
      zones: 3,
      zonesDynamic: 2,
    })
    units = join(mkdtempSync(join(tmpdir(), 'baton-units-')), 'system')
    script = join(labServerPaths(lab.lab.folder, 'ns1').configuration, 'baton', 'guard')
  })
  afterAll(async () => {
    program.remove()
    rmSync(join(units, '..'), { recursive: true })
    await lab.remove()
  })

  const call = (...words: readonly string[]) => program.call(['guard', ...words], { cwd: lab.lab.folder })
  const documentOf = ({ stdout }: Outcome) => JSON.parse(stdout) as Record<string, unknown>

  it('tries every guard: each would start in the role that it has', async () => {
    const { exit, stdout } = await call('test')
    expect(stdout).toMatch(/\nns1 +default +active +active +ns2 confirms +\d/)
    expect(stdout).toMatch(/\nns2 +default +standby +standby +ns1 rival +\d/)
    expect(stdout).toContain('right[guard.confirmed] ns1 as active: ')
    expect(stdout).toMatch(/\nevery peer would start as it should\n$/)
    expect(exit).toBe(0)
  })

  it('says what a start script needs where systemd does not run, and knows that nothing ran yet', async () => {
    const installed = await call('install')
    expect(installed.stdout).toContain(`\n  sh ${script} boot && named …\n`)
    expect(installed.exit).toBe(0)
    const seen = await call('status')
    expect(seen.stdout).toMatch(/\nns1 +current +none +never +nothing yet +-\n/)
    expect(seen.stdout).toContain('notice[guard.never-ran] ns1, ns2: ')
    expect(seen.exit).toBe(0)
  })

  it('shows the units, refuses a folder that it may not write, and writes them when it is told to', async () => {
    const words = ['install', 'ns1', '--units', units, '--unit', 'named.service']
    const shown = await call(...words, '--dry-run')
    expect(shown.stdout).toMatch(/\n {2}ExecStartPre=\+\/bin\/sh .*\bboot\n/)
    expect(shown.stdout).toContain(script.replace(/\/baton\/guard$/, ''))
    expect(shown.stdout).toContain(`Baton may not write to ${units}: it does not exist`)
    expect(shown.exit).toBe(0)
    const refused = await call(...words, '--yes')
    expect([refused.exit, refused.stderr]).toEqual([
      2,
      expect.stringContaining('[guard.may-not-install] ns1'),
    ])
    mkdirSync(units)
    const unasked = await call(...words)
    expect([unasked.exit, unasked.stderr]).toEqual([2, expect.stringContaining('[cli.no-terminal]')])
    const missing = await call('status', 'ns1', '--units', units)
    expect([missing.exit, missing.stdout]).toEqual([4, expect.stringContaining('[guard.units-missing] ns1')])
    const written = await call(...words, '--yes')
    expect(written.stdout).toContain('\n  systemctl enable --now baton-guard.timer\n')
    expect(readFileSync(join(units, 'baton-guard.service'), 'utf8')).toMatch(
      /\nExecStart=\/bin\/sh .*\bwatch\n/,
    )
    expect((await call('status', 'ns1', '--units', units)).exit).toBe(0)
    const other = await call('status', 'ns2', '--units', units)
    expect([other.exit, other.stdout]).toEqual([4, expect.stringContaining('[guard.units-different] ns2')])
  })

  it('refuses what makes no sense', async () => {
    const cases = [
      [['install', '--units', units], 2, '[guard.one-machine] ns1, ns2'],
      [['install', 'ns1', '--unit', '../x.service'], 64, '[cli.usage] --unit ../x.service'],
      [['install', 'ns1', '--units', 'here'], 64, '[cli.usage] --units here'],
      [['test', 'e1'], 2, '[guard.not-a-peer] e1'],
      [['test', 'ns3'], 2, '[fleet.unknown-server] ns3'],
    ] as const
    for (const [words, exit, said] of cases) {
      const outcome = await call(...words)
      expect([outcome.exit, outcome.stderr]).toEqual([exit, expect.stringContaining(said)])
    }
  })

  it('sees a script that is not ours, and installs nothing that would start it', async () => {
    copyFileSync(script, `${script}.kept`)
    writeFileSync(script, 'exit 3\n')
    const seen = await call('status', 'ns1')
    expect([seen.exit, seen.stdout]).toEqual([4, expect.stringContaining('[guard.script-different] ns1')])
    const tried = await call('test', 'ns1')
    expect([tried.exit, tried.stdout]).toEqual([4, expect.stringContaining('[guard.trial-failed] ns1')])
    const installed = await call('install', 'ns1')
    expect([installed.exit, installed.stderr]).toEqual([
      2,
      expect.stringContaining('[guard.script-different]'),
    ])
    rmSync(script)
    const gone = await call('status', 'ns1')
    expect([gone.exit, gone.stdout]).toEqual([4, expect.stringContaining('[guard.script-missing] ns1')])
    copyFileSync(`${script}.kept`, script)
  })

  it('is not well where an active would come up as standby', async () => {
    expect((await stopServer(lab.lab, 'ns2')).ok).toBe(true)
    const { exit, stdout } = await call('test', 'ns1')
    expect(stdout).toContain('problem[guard.nobody-answers] ns1 as standby: ')
    expect(exit).toBe(4)
    expect((await startServer(lab.lab, 'ns2', 'loaded')).ok).toBe(true)
  })

  it('shows what a guard decided last, and that its timer runs', async () => {
    await promoteByHand(lab.lab, 'ns2')
    expect((await killServer(lab.lab, 'ns1')).ok).toBe(true)
    expect((await guard(lab.lab, 'ns1', 'boot')).exit).toBe(0)
    expect((await startServer(lab.lab, 'ns1', 'loaded')).ok).toBe(true)
    expect((await guard(lab.lab, 'ns1', 'watch')).exit).toBe(0)
    const { exit, stdout } = await call('status', 'ns1')
    expect(stdout).toMatch(/\nns1 +current +none +[\d.]+ m?s ago +boot: standby, guard\.higher-term +/)
    expect(exit).toBe(0)
    const [server] = documentOf(await call('status', 'ns1', '--json'))['servers'] as Record<string, unknown>[]
    expect(server).toMatchObject({
      script: 'current',
      decisions: [{ set: 'default', mode: 'boot', outcome: 'standby', code: 'guard.higher-term' }],
    })
  })
})
