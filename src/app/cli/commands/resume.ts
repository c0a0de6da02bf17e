import type { Command } from '@commander-js/extra-typings'
import { endUnfinished } from '../end-unfinished.ts'
import type { Invoke } from '../invocation.ts'
import { FENCE_FLAGS, fenceWords } from './fence-options.ts'
import { RUN_FLAGS } from './run-options.ts'

export function declareResume(program: Command, invoke: Invoke): void {
  program
    .command('resume')
    .description('Take an unfinished run to its end.')
    .option(...RUN_FLAGS.takeOver)
    .option(...FENCE_FLAGS.byName)
    .option(...FENCE_FLAGS.despiteAnswer)
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton resume --yes')
    .action(flags =>
      invoke(async invocation => {
        const { resume: act } = await import('../../commands/index.ts')
        const words = fenceWords(flags)
        return endUnfinished(invocation, { way: 'on', question: 'Take it to its end?', act, flags, words })
      }),
    )
}
