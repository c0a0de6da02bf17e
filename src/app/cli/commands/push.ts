import type { Command } from '@commander-js/extra-typings'
import type { Invoke } from '../invocation.ts'
import { look } from '../look.ts'
import { runPrepared } from '../run-prepared.ts'
import { RUN_FLAGS } from './run-options.ts'
import { readText } from './text.ts'

export function declarePush(program: Command, invoke: Invoke): void {
  program
    .command('push')
    .description(
      'Install on every server what the fleet folder renders to, verified and undone if a zone suffers.',
    )
    .option(...RUN_FLAGS.reason)
    .option(
      '--despite-newer <digest>',
      'take back the state that was pushed last, though this folder was not made from it',
      readText,
    )
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton push --reason "20 new zones"')
    .action(options =>
      invoke(async invocation => {
        const { preparePush } = await import('../../commands/index.ts')
        const { reason, despiteNewer } = options
        const prepared = await look(invocation, session => preparePush({ ...session, reason, despiteNewer }))
        return runPrepared(invocation, prepared, options)
      }),
    )
}
