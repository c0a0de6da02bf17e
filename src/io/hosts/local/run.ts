import { type ChildProcess, spawn } from 'node:child_process'
import { type Failure, fail, ok, type Result } from '../../../core/base/index.ts'
import type { CommandOutcome, HostCommand } from '../host.ts'
import { type CommandMishap, commandFailure } from './command-failure.ts'
import { commandLine } from './command-line.ts'
import { outputOf } from './output.ts'

/** Where BIND's programs are when the caller's PATH leaves the administrator's folders out. */
const PATH_ADDED = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

type End = { readonly kind: 'exited'; readonly exit: number } | CommandMishap

/** `Host.run` for this machine: no shell, messages in English, and a process that is late is killed by its id. */
export async function runCommand(
  server: string,
  command: HostCommand,
): Promise<Result<CommandOutcome, Failure>> {
  return runProgram(server, { line: commandLine(command), deadlineMs: command.deadlineMs })
}

export type ProgramOrder = {
  readonly line: readonly [program: string, ...args: string[]]
  readonly deadlineMs: number
}

/** A program run to its end on this machine, for whatever server it is about. */
export async function runProgram(
  server: string,
  { line, deadlineMs }: ProgramOrder,
): Promise<Result<CommandOutcome, Failure>> {
  const [program, ...args] = line
  const started = performance.now()
  const child = spawn(program, args, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' })
  const [end, stdout, stderr] = await Promise.all([
    endOf(child, deadlineMs),
    outputOf(child.stdout),
    outputOf(child.stderr),
  ])
  const elapsedMs = Math.round(performance.now() - started)
  if (end.kind === 'exited') return ok({ exit: end.exit, stdout, stderr, elapsedMs })
  return fail(commandFailure({ server, program, elapsedMs }, end))
}

function environment(): NodeJS.ProcessEnv {
  const path = process.env['PATH']
  return { LC_ALL: 'C', PATH: path === undefined ? PATH_ADDED : `${path}:${PATH_ADDED}` }
}

function endOf(child: ChildProcess, deadlineMs: number): Promise<End> {
  return new Promise(resolve => {
    const deadline = setTimeout(() => {
      resolve({ kind: 'deadline' })
      child.kill('SIGKILL')
    }, deadlineMs)
    const settle = (end: End) => {
      clearTimeout(deadline)
      resolve(end)
    }
    child.once('error', error => settle({ kind: 'not started', error }))
    child.once('exit', (exit, signal) =>
      settle(exit === null ? { kind: 'killed', signal: String(signal) } : { kind: 'exited', exit }),
    )
  })
}
