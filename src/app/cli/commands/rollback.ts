import type { Command } from '@commander-js/extra-typings'
import { endUnfinished } from '../end-unfinished.ts'
import type { Invoke } from '../invocation.ts'
import { RUN_FLAGS } from './run-options.ts'

export function declareRollback(program: Command, invoke: Invoke): void {
  program
    .command('rollback')
    .description('Take an unfinished run back to where it began.')
    .option(...RUN_FLAGS.takeOver)
    .option('--without <server...>', 'leave these lost servers as they are: of a push, a rejoin or a resolve')
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExamples:\n  baton rollback --yes\n  baton rollback --without ns1')
    .action(flags =>
      invoke(async invocation => {
        const { rollback: act } = await import('../../commands/index.ts')
        return endUnfinished(invocation, {
          way: 'back',
          question: 'Take it back to where it began?',
          act,
          flags,
          without: flags.without ?? [],
        })
      }),
    )
}
