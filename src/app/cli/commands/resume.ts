import type { Command } from '@commander-js/extra-typings'
import { confirm } from '../confirm.ts'
import { complain, type Invoke } from '../invocation.ts'
import { conductRun } from '../run.ts'
import { RUN_FLAGS } from './run-options.ts'

export function declareResume(program: Command, invoke: Invoke): void {
  program
    .command('resume')
    .description('Take an unfinished run to its end.')
    .option(...RUN_FLAGS.takeOver)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton resume --yes')
    .action(options =>
      invoke(async invocation => {
        const confirmed = await confirm(invocation, 'Take the unfinished run to its end?', options)
        if (!confirmed.ok) return complain(invocation, [confirmed.error])
        const { resume } = await import('../../commands/index.ts')
        const { fleetFile } = invocation
        const takeOver = options.takeOver === true
        return conductRun(invocation, watch => resume({ fleetFile, takeOver, watch }))
      }),
    )
}
