import type { ChildProcess } from 'node:child_process'
import { type Failure, fail, ok, type Result } from '../../../../core/base/index.ts'
import type { CommandOutcome, HostCommand } from '../../host.ts'
import { type CommandMishap, commandFailure } from './command-failure.ts'
import { commandLine } from './command-line.ts'
import { outputOf } from './output.ts'
import { killGroup, type ProgramRights, startGroup } from './program-group.ts'

/**
 * How long the rest of a program's output is waited for once the program has ended, in milliseconds. What it left running in
 * the background holds the same pipes, and may hold them for ever.
 */
export const OUTPUT_GRACE_MS = 250

type End = { readonly kind: 'exited'; readonly exit: number } | CommandMishap

/** `Host.run` for this machine: no shell, messages in English, and a process that is late is killed with all it started. */
export function runCommand(
  server: string,
  command: HostCommand,
  rights?: ProgramRights,
): Promise<Result<CommandOutcome, Failure>> {
  return runProgram(server, { line: commandLine(command), deadlineMs: command.deadlineMs, rights })
}

export type ProgramOrder = {
  readonly line: readonly [program: string, ...args: string[]]
  readonly deadlineMs: number
  /** Ends the program as its deadline does. */
  readonly signal?: AbortSignal | undefined
  readonly rights?: ProgramRights | undefined
}

/**
 * A program run to its end on this machine, for whatever server it is about. Its own end counts, not that of its pipes: what
 * it leaves in the background goes on, and is not waited for. At the deadline its whole process group is killed.
 */
export async function runProgram(
  server: string,
  order: ProgramOrder,
): Promise<Result<CommandOutcome, Failure>> {
  const [program, ...args] = order.line
  const started = performance.now()
  const child = start(program, args, order.rights)
  const attempt = () => ({ server, program, elapsedMs: Math.round(performance.now() - started) })
  if (!child.ok) return fail(commandFailure({ ...attempt(), said: '' }, child.error))
  const outputs = [outputOf(child.value.stdout), outputOf(child.value.stderr)] as const
  const end = await endOf(child.value, order)
  await settled(outputs.map(({ ended }) => ended))
  child.value.unref()
  const [stdout, stderr] = [outputs[0].leave(), outputs[1].leave()]
  if (end.kind === 'exited') return ok({ exit: end.exit, stdout, stderr, elapsedMs: attempt().elapsedMs })
  return fail(commandFailure({ ...attempt(), said: `${stdout}\n${stderr}` }, end))
}

/** A machine without memory or with too long a list of arguments throws; everything else comes as an event. */
function start(
  program: string,
  args: readonly string[],
  rights: ProgramRights | undefined,
): Result<ChildProcess, CommandMishap> {
  try {
    return ok(startGroup(program, args, rights))
  } catch (error) {
    return fail({ kind: 'not started', error })
  }
}

function endOf(child: ChildProcess, { deadlineMs, signal }: ProgramOrder): Promise<End> {
  return new Promise(resolve => {
    const settle = (end: End) => {
      clearTimeout(deadline)
      signal?.removeEventListener('abort', stop)
      resolve(end)
    }
    const give = (end: End) => {
      killGroup(child.pid)
      settle(end)
    }
    const stop = () => give({ kind: 'stopped' })
    const deadline = setTimeout(() => give({ kind: 'deadline' }), deadlineMs)
    child.once('error', error => settle({ kind: 'not started', error }))
    child.once('exit', (exit, by) =>
      settle(exit === null ? { kind: 'killed', signal: String(by) } : { kind: 'exited', exit }),
    )
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}

/** Waits for the pipes to be closed, but no longer than the grace. */
function settled(pipes: readonly Promise<unknown>[]): Promise<unknown> {
  return new Promise(resolve => {
    const grace = setTimeout(resolve, OUTPUT_GRACE_MS)
    void Promise.all(pipes).then(() => {
      clearTimeout(grace)
      resolve('closed')
    })
  })
}
