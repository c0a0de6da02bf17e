import { type Failure, fail, failure, type Result } from '../../../../core/base/index.ts'
import type { CommandOutcome, HostCommand } from '../../host.ts'
import { attempt } from '../files/attempt.ts'
import { findAccount } from '../rights/accounts.ts'
import { findExposedScript } from '../rights/exposures.ts'
import { userUnknown } from '../rights/ownership.ts'
import { runCommand } from './run.ts'

/** `Host.run` for this machine: root executes no script that another user could have written. */
export async function runTrusted(
  server: string,
  command: HostCommand,
): Promise<Result<CommandOutcome, Failure>> {
  if (command.kind !== 'guard') return runAsReader(server, command)
  const { script } = command
  const exposed = await attempt({ server, verb: 'look at', path: script }, () => findExposedScript(script))
  if (!exposed.ok) return exposed
  if (exposed.value === undefined) return runCommand(server, command)
  const { path, because, kind } = exposed.value
  return fail(
    failure({
      code: 'hosts.script-exposed',
      subject: `${server}:${script}`,
      because: `root does not run ${script} of ${server}: ${path} ${because}`,
      remedy:
        kind === 'above'
          ? `As root on the server: \`chown root ${path} && chmod go-w ${path}\`.`
          : '`baton push`, as root, sets owners and modes right.',
    }),
  )
}

/** Zone files are read by root with the rights of whoever could have written them. */
async function runAsReader(
  server: string,
  command: Exclude<HostCommand, { kind: 'guard' }>,
): Promise<Result<CommandOutcome, Failure>> {
  const user = command.kind === 'named-journalprint' ? undefined : command.user
  if (user === undefined || process.geteuid?.() !== 0) return runCommand(server, command)
  const reader = await findAccount(user)
  return reader === undefined
    ? fail(userUnknown(server, user, command.file))
    : runCommand(server, command, reader)
}
