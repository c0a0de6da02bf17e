import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import type { CommandOutcome, HostCommand } from '../host.ts'
import { OUTPUT_BYTES_MAX } from '../limits.ts'
import { commandLine } from './command-line.ts'
import { errnoOf, fileFailure } from './file-failure.ts'

/** Where BIND's programs are when the caller's PATH leaves the administrator's folders out. */
const PATH_ADDED = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

type End =
  | { readonly kind: 'exited'; readonly exit: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'not started'; readonly error: unknown }

/** `Host.run` for this machine: no shell, messages in English, and a process that is late is killed by its id. */
export async function runCommand(
  server: string,
  command: HostCommand,
): Promise<Result<CommandOutcome, Failure>> {
  const [program, ...args] = commandLine(command)
  const started = performance.now()
  const child = spawn(program, args, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' })
  const [end, stdout, stderr] = await Promise.all([
    endOf(child, command.deadlineMs),
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

/** All of a stream, of which the first `OUTPUT_BYTES_MAX` are kept. */
async function outputOf(stream: Readable): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    const kept = (chunk as Uint8Array).subarray(0, OUTPUT_BYTES_MAX - bytes)
    bytes += kept.length
    if (kept.length > 0) chunks.push(kept)
  }
  return Buffer.concat(chunks).toString('utf8')
}

type Attempted = { readonly server: string; readonly program: string; readonly elapsedMs: number }

function commandFailure(
  { server, program, elapsedMs }: Attempted,
  end: Exclude<End, { kind: 'exited' }>,
): Failure {
  const subject = `${server}:${program}`
  switch (end.kind) {
    case 'deadline':
      return failure({
        code: 'hosts.command-deadline',
        subject,
        because: `${program} on ${server} had no answer after ${elapsedMs} ms and was stopped`,
        remedy: 'See whether the server is overloaded or its disk slow, then try again.',
        elapsedMs,
      })
    case 'killed':
      return failure({
        code: 'hosts.command-killed',
        subject,
        because: `${program} on ${server} was ended by ${end.signal} after ${elapsedMs} ms`,
        remedy: `Look at \`dmesg\` on ${server}: memory may have run out.`,
        elapsedMs,
      })
    case 'not started':
      return errnoOf(end.error) === 'ENOENT'
        ? failure({
            code: 'hosts.command-missing',
            subject,
            because: `${program} is not installed on ${server}`,
            remedy: `On Debian and Ubuntu, run \`apt-get install bind9-utils\` on ${server}.`,
          })
        : fileFailure({ server, verb: 'run', path: program }, end.error)
  }
}
