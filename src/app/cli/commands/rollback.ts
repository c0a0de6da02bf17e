import type { Command } from '@commander-js/extra-typings'
import { confirm } from '../confirm.ts'
import { complain, type Invoke } from '../invocation.ts'
import { conductRun } from '../run.ts'
import { RUN_FLAGS } from './run-options.ts'

export function declareRollback(program: Command, invoke: Invoke): void {
  program
    .command('rollback')
    .description('Take an unfinished run back to where it began.')
    .option(...RUN_FLAGS.takeOver)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton rollback --yes')
    .action(options =>
      invoke(async invocation => {
        const confirmed = await confirm(
          invocation,
          'Take the unfinished run back to where it began?',
          options,
        )
        if (!confirmed.ok) return complain(invocation, [confirmed.error])
        const { rollback } = await import('../../commands/index.ts')
        const { fleetFile } = invocation
        const takeOver = options.takeOver === true
        return conductRun(invocation, watch => rollback({ fleetFile, takeOver, watch }))
      }),
    )
}
