import { spawn, spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTemporaryLab, type TemporaryLab } from '../../support/temporary-lab.ts'
import { type BuiltProgram, buildProgram } from './command.ts'

/** util-linux gives a program a terminal of its own; where it is missing this is skipped, and vitest says so. */
const hasScript = spawnSync('script', ['--version']).status === 0

describe.skipIf(!hasScript)('the command line on a terminal', () => {
  let lab: TemporaryLab
  let program: BuiltProgram
  beforeAll(async () => {
    program = await buildProgram()
    lab = await createTemporaryLab({ zones: 3, zonesDynamic: 2 })
  })
  afterAll(async () => {
    program.remove()
    await lab.remove()
  })

  const QUESTION = 'Pass the primary role from ns1 to ns2? [y/N]'

  /** Types `reply` when it is asked, and answers what stood on the screen, with the exit code. */
  function talk(
    words: string,
    reply: string,
    size = 'cols 80 rows 24',
  ): Promise<{ readonly exit: number | null; readonly screen: string }> {
    const command = `stty ${size}; exec '${process.execPath}' '${program.path}' ${words}`
    const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      cwd: lab.lab.folder,
      env: { ...process.env, TERM: 'xterm', NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let screen = ''
    let asked = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text
      if (asked || !screen.includes(QUESTION)) return
      asked = true
      child.stdin.write(reply)
    })
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', exit => resolve({ exit, screen }))
    })
  }

  it.each([
    ['no', 'n\r'],
    ['nothing', '\r'],
    ['Ctrl-C', '\x03'],
  ])('does nothing when the answer is %s', async (_, reply) => {
    const { exit, screen } = await talk('switchover', reply)
    expect(exit).toBe(2)
    expect(screen).toContain('error[cli.not-confirmed]')
  })

  it('takes a terminal that says no size for one of 80 columns, as a serial console is', async () => {
    const { exit, screen } = await talk('status', '', 'cols 0 rows 0')
    expect(exit).toBe(0)
    expect(screen).toMatch(/server +kind +role +BIND +loaded +current/)
  })

  it('acts when the answer is yes, and draws the step under way in its place', async () => {
    const { exit, screen } = await talk('switchover', 'y\r')
    expect(exit).toBe(0)
    expect(screen).toContain('\r\x1b[K     1/8  ')
    expect(screen).toContain('done: ns2 is active in term 2')
  })
})
