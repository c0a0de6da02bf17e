import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { breakLab, mendLab } from '../../../src/app/lab/index.ts'
import { createTemporaryLab, type TemporaryLab } from '../../support/temporary-lab.ts'
import { type BuiltProgram, buildProgram } from './command.ts'

const PEERS = ['ns1', 'ns2'] as const
const EXIT_INCOMPLETE = 3

describe('a run that is left alone', () => {
  let lab: TemporaryLab
  let cwd: string
  let program: BuiltProgram
  let from: string
  let to: string
  beforeAll(async () => {
    program = await buildProgram()
    lab = await createTemporaryLab({
      groups: [{ name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] }],
      zones: 5,
      zonesDynamic: 3,
    })
    cwd = lab.lab.folder
  })
  afterAll(async () => {
    program.remove()
    await lab.remove()
  })

  const call = (words: readonly string[]) => program.call(words, { cwd })
  const activeNow = async () => {
    const { stdout } = await call(['status', '--json'])
    return (JSON.parse(stdout) as { sets: { active: string }[] }).sets[0]?.active ?? 'nobody'
  }
  beforeEach(async () => {
    from = await activeNow()
    to = PEERS.find(name => name !== from) ?? 'nobody'
  })

  it('by a second Ctrl-C stops where it is, says what is left to do, and is resumed', async () => {
    let asked = 0
    const hung: Promise<unknown>[] = []
    const outcome = await program.call(['switchover', '--yes'], {
      cwd,
      onOutput: (printed, kill) => {
        // A secondary that hangs keeps the run in its last steps for as long as we like.
        if (hung.length === 0 && printed.includes(`make ${to} active: updates are taken from here … `))
          hung.push(breakLab(cwd, { kind: 'hang', server: 'e1' }))
        const ready = [`see an update sent to ${from} arrive at ${to} … `, 'cannot be stopped any more'][
          asked
        ]
        if (ready === undefined || !printed.includes(ready)) return
        asked++
        kill('SIGINT')
      },
    })
    await Promise.all(hung)
    expect((await mendLab(cwd)).ok).toBe(true)
    expect(outcome.exit).toBe(EXIT_INCOMPLETE)
    expect(outcome.stderr).toMatch(/left in the middle: the run holds the fleet until `baton resume`/)
    expect((await call(['resume', '--yes'])).exit).toBe(0)
    expect(await activeNow()).toBe(to)
  })

  it('by whoever read its output goes on to its end', async () => {
    const child = spawn(process.execPath, [program.path, 'switchover', '--yes'], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.once('data', () => {
      child.stdout.destroy()
      child.stderr.destroy()
    })
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(await activeNow()).toBe(to)
  })

  it('by its terminal, which hangs up, is taken back or goes on to its end, and nothing is left over', async () => {
    const child = spawn(process.execPath, [program.path, 'switchover', '--yes'], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    child.stdout.on('data', chunk => {
      printed += String(chunk)
      if (!printed.includes(`prove every zone of ${to} on disk … `) || child.stdout.destroyed) return
      child.kill('SIGHUP')
      child.stdout.destroy()
      child.stderr.destroy()
    })
    const [exit] = (await once(child, 'exit')) as [number | null]
    expect([0, 1]).toContain(exit)
    expect(await activeNow()).toBe(exit === 0 ? to : from)
    const status = await call(['status'])
    expect({ exit: status.exit, stderr: status.stderr }).toEqual({ exit: 0, stderr: '' })
  })
})
