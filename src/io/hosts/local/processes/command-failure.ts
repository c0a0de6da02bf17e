import { type Failure, failure } from '../../../../core/base/index.ts'
import { errnoOf, fileFailure } from '../files/file-failure.ts'
import { lastSaid } from './output.ts'

/** How a command went that gave no exit code. */
export type CommandMishap =
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'deadline' }
  /** A person pressed Ctrl-C. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'not started'; readonly error: unknown }

export type CommandAttempt = {
  readonly server: string
  readonly program: string
  readonly elapsedMs: number
  /** All that it printed until then. */
  readonly said: string
}

/** The failure of a command that was not installed, not in time or not left to finish. */
export function commandFailure(attempt: CommandAttempt, mishap: CommandMishap): Failure {
  const { server, program, elapsedMs } = attempt
  const last = lastSaid(attempt.said)
  const said = last === '' ? '' : `; it had said: ${last}`
  const subject = `${server}:${program}`
  switch (mishap.kind) {
    case 'deadline':
      return failure({
        code: 'hosts.command-deadline',
        subject,
        because: `${program} on ${server} had not finished after ${elapsedMs} ms and was stopped${said}`,
        remedy: 'See whether the server is overloaded or its disk slow, then try again.',
        elapsedMs,
      })
    case 'stopped':
      return failure({
        code: 'hosts.command-stopped',
        subject,
        because: `${program} was stopped by a person after ${elapsedMs} ms, before it had finished${said}`,
        remedy: `See how far ${program} had come with ${server} before you order it again.`,
        elapsedMs,
      })
    case 'killed':
      return failure({
        code: 'hosts.command-killed',
        subject,
        because: `${program} on ${server} was ended by ${mishap.signal} after ${elapsedMs} ms${said}`,
        remedy: `Look at \`dmesg\` on ${server}: memory may have run out.`,
        elapsedMs,
      })
    case 'not started':
      if (errnoOf(mishap.error) !== 'ENOENT')
        return fileFailure({ server, verb: 'run', path: program }, mishap.error)
      return failure({
        code: 'hosts.command-missing',
        subject,
        because: `${program} is not installed on ${server}`,
        remedy: `On Debian and Ubuntu, run \`apt-get install bind9-utils\` on ${server}.`,
      })
  }
}
