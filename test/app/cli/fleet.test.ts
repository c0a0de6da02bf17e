import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTemporaryLab, type TemporaryLab } from '../../support/temporary-lab.ts'
import { type BuiltProgram, buildProgram, type Outcome } from './command.ts'

describe('the command line on a fleet', () => {
  let lab: TemporaryLab
  let cwd: string
  let program: BuiltProgram
  beforeAll(async () => {
    program = await buildProgram()
    lab = await createTemporaryLab({ zones: 5, zonesDynamic: 3 })
    cwd = lab.lab.folder
  })
  afterAll(async () => {
    program.remove()
    await lab.remove()
  })

  const call = (words: readonly string[]) => program.call(words, { cwd })
  const documentOf = ({ stdout }: Outcome) => JSON.parse(stdout) as Record<string, unknown>

  it('shows how it stands', async () => {
    const { exit, stdout, stderr } = await call(['status'])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(stdout).toMatch(/^lab {2}ns1 is active, term 1, since /)
    expect(stdout).toMatch(/\nns2 {5}peer {2}standby {2}9\.\d+\.\d+ +5\/5 +5\/5\n/)
    expect(stdout).toMatch(/\nall well: 6 servers, 5 zones, seen in .*\n$/)
  })

  it('asks its checks, and shows a plan that it does not run', async () => {
    const checked = await call(['check'])
    expect(checked.exit).toBe(0)
    expect(checked.stdout).toMatch(/^switchover ns1 → ns2\n/)
    expect(checked.stdout).toMatch(/\n\d+ checks: \d+ yes/)
    const planned = await call(['switchover', '--dry-run', '--json'])
    expect(planned.exit).toBe(0)
    expect(documentOf(planned)).toMatchObject({ document: 'plan', from: 'ns1', to: 'ns2', term: 2 })
  })

  it('refuses to act when there is nobody to ask', async () => {
    const { exit, stdout, stderr } = await call(['switchover', '--to', 'ns2'])
    expect(exit).toBe(2)
    expect(stdout).toContain('  1  ')
    expect(stderr).toContain('error[cli.no-terminal]')
  })

  it('refuses a server that it does not know', async () => {
    const { exit, stderr } = await call(['switchover', '--to', 'ns3', '--yes'])
    expect(exit).toBe(2)
    expect(stderr).toContain('error[fleet.unknown-server] ns3')
  })

  it('passes the role and tells every step in a line', async () => {
    const { exit, stdout } = await call(['switchover', '--yes', '--reason', 'to see it'])
    expect(stdout).toMatch(/\n\d\d:\d\d:\d\d {2}freeze ns1: updates are refused from here … \d+ ms\n/)
    expect(stdout).toContain('done: ns2 is active in term 2\n  write pause ')
    expect(exit).toBe(0)
    const { stdout: told } = await call(['history'])
    expect(told).toContain('switchover of default: ns1 → ns2, term 2\n  done in ')
    expect(told).toContain('reason: to see it')
  })

  it('takes a run back when it is stopped in time', async () => {
    let stopped = false
    const outcome = await program.call(['switchover', '--to', 'ns1', '--yes'], {
      cwd,
      onOutput: (printed, kill) => {
        if (stopped || !printed.includes('prove every zone of ns1 on disk … ')) return
        stopped = true
        kill('SIGTERM')
      },
    })
    expect(outcome.stderr).toMatch(/stopping: .*taken back|cannot be stopped any more/)
    const expected = outcome.stderr.includes('cannot') ? 0 : 1
    expect(outcome.exit).toBe(expected)
    if (expected === 1)
      expect(outcome.stdout).toContain('rolled back: everything is as it was, and ns2 is active')
  })

  it('has nothing to take up then', async () => {
    const { exit, stderr } = await call(['resume', '--yes'])
    expect(exit).toBe(2)
    expect(stderr).toContain('error[engine.nothing-unfinished]')
  })

  it('finds no difference, and nothing to push', async () => {
    expect((await call(['diff'])).exit).toBe(0)
    const pushed = await call(['push', '--yes', '--json'])
    expect(documentOf(pushed)).toMatchObject({ document: 'run', outcome: 'nothing-to-do' })
    expect(pushed.exit).toBe(0)
  })

  it('renders into a folder', async () => {
    const out = mkdtempSync(join(tmpdir(), 'baton-rendered-'))
    try {
      const { exit, stdout } = await call(['render', '--out', out])
      expect(exit).toBe(0)
      expect(stdout).toMatch(/\nns1 +5 +\d+\n/)
      expect(readdirSync(out)).toContain('ns1')
    } finally {
      rmSync(out, { recursive: true })
    }
  })

  it('names the key file that is missing', async () => {
    const keys = join(cwd, 'keys')
    renameSync(keys, `${keys}.away`)
    try {
      const { exit, stderr } = await call(['status'])
      expect(exit).toBe(2)
      expect(stderr).toMatch(/error\[cli\.[a-z-]+\] .*\.key/)
    } finally {
      renameSync(`${keys}.away`, keys)
    }
  })

  it('takes the lab of this folder, and lists what can be broken in it', async () => {
    const listed = await call(['lab', 'list'])
    expect(listed.exit).toBe(0)
    expect(listed.stdout).toContain(`-k ${cwd}/keys/rndc.key status`)
    const { exit, stderr } = await call(['lab', 'break'])
    expect(exit).toBe(64)
    expect(stderr).toMatch(/crash, hang, drift, two-actives\. .* freeze, corrupt, fork\./)
  })

  it('is not well when a server is gone', async () => {
    expect((await call(['lab', 'break', 'crash', 'e1'])).exit).toBe(0)
    const { exit, stdout } = await call(['status'])
    expect(exit).toBe(4)
    expect(stdout).toMatch(/\ne1 +east +- +unknown +\?\/5 +\?\/5\n/)
    expect(stdout).toContain('problem[snapshot.server-unseen] e1: ')
    const checked = await call(['check', '--json'])
    expect(checked.exit).toBe(4)
    expect(documentOf(checked)).toMatchObject({ document: 'check', passed: false })
    const refused = await call(['switchover', '--to', 'ns1', '--yes'])
    expect(refused.exit).toBe(2)
    expect(refused.stderr.match(/error\[/g)).toHaveLength(1)
    expect(refused.stderr).toContain('`--without e1`')
    expect((await call(['lab', 'mend'])).exit).toBe(0)
  })
})
