import type { Command } from '@commander-js/extra-typings'
import { EXIT } from '../exit-code.ts'
import { answer, complain, type Invoke } from '../invocation.ts'
import { look } from '../look.ts'
import { runPrepared } from '../run-prepared.ts'
import { runLines } from '../text/run.ts'
import { RUN_FLAGS } from './run-options.ts'

export function declarePush(program: Command, invoke: Invoke): void {
  program
    .command('push')
    .description(
      'Install on every server what the fleet folder renders to, verified and undone if a zone suffers.',
    )
    .option(...RUN_FLAGS.reason)
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton push --reason "20 new zones"')
    .action(options =>
      invoke(async invocation => {
        const { preparePush } = await import('../../commands/index.ts')
        const { reason } = options
        const prepared = await look(invocation, session => preparePush({ ...session, reason }))
        if (!prepared.ok) return complain(invocation, prepared.error)
        if (prepared.value.plan !== undefined) return runPrepared(invocation, prepared.value, options)
        const { document } = prepared.value
        answer(invocation, document, width => runLines(document, { width, return: 'open' }))
        return EXIT.done
      }),
    )
}
