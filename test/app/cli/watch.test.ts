import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { breakLab } from '../../../src/app/lab/index.ts'
import { createTemporaryLab, type TemporaryLab } from '../../support/temporary-lab.ts'
import { type BuiltProgram, buildProgram } from './command.ts'

/** Put before the program: from the first look at the clock on everything is wrong. */
const BROKEN_CLOCK = "data:text/javascript,Date.now=()=>{throw new TypeError('no time left')}"

describe('the command line on a fleet, looked at for long', () => {
  let lab: TemporaryLab
  let cwd: string
  let program: BuiltProgram
  beforeAll(async () => {
    program = await buildProgram()
    const groups = [{ name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] }]
    lab = await createTemporaryLab({ zones: 2, zonesDynamic: 1, groups })
    cwd = lab.lab.folder
  })
  afterAll(async () => {
    program.remove()
    await lab.remove()
  })

  it('tells in a log what changes, a line each, until Ctrl-C', async () => {
    let broken: ReturnType<typeof breakLab> | undefined
    const { exit, stdout, stderr } = await program.call(['status', '--watch', '0.2'], {
      cwd,
      onOutput: (printed, kill) => {
        if (printed.includes('all well')) broken ??= breakLab(cwd, { kind: 'crash', server: 'e1' })
        if (printed.includes('problem[')) kill('SIGINT')
      },
    })
    expect(await broken).toMatchObject({ ok: true })
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(stdout.split('\n').map(line => line.replace(/^\d\d:\d\d:\d\d {2}/, ''))).toEqual([
      'default: ns1 is active in term 1',
      'all well',
      'problem[snapshot.server-unseen] e1',
      '',
    ])
  })

  it('calls a defect a defect, and exits 70, with a document for a program', async () => {
    const call = { cwd, environment: { NODE_OPTIONS: `--import "${BROKEN_CLOCK}"` } }
    const told = await program.call(['status'], call)
    expect(told.exit).toBe(70)
    expect(told.stderr).toMatch(/^error\[cli\.defect\] baton: no time left\n {2}→ /)
    const { exit, stdout } = await program.call(['status', '--json'], call)
    expect(exit).toBe(70)
    expect(JSON.parse(stdout)).toMatchObject({ document: 'error', problems: [{ code: 'cli.defect' }] })
  })
})
