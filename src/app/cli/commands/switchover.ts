import type { Command } from '@commander-js/extra-typings'
import type { Invoke } from '../invocation.ts'
import { look } from '../look.ts'
import { runPrepared } from '../run-prepared.ts'
import { FENCE_FLAGS, fenceWords } from './fence-options.ts'
import { HANDOVER_FLAGS, handoverOrder } from './handover-options.ts'
import { RUN_FLAGS } from './run-options.ts'

export function declareSwitchover(program: Command, invoke: Invoke): void {
  program
    .command('switchover')
    .description('Pass the primary role to another peer, with both of them up. Nothing is lost.')
    .option(...HANDOVER_FLAGS.to)
    .option(...HANDOVER_FLAGS.set)
    .option(...HANDOVER_FLAGS.without)
    .option(...FENCE_FLAGS.byName)
    .option(...FENCE_FLAGS.despiteAnswer)
    .option(...RUN_FLAGS.reason)
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton switchover --to ns2 --reason "new kernel on ns1"')
    .action(options =>
      invoke(async invocation => {
        const { prepareSwitchover } = await import('../../commands/index.ts')
        const order = { reason: options.reason, ...handoverOrder(options), ...fenceWords(options) }
        const prepared = await look(invocation, session => prepareSwitchover({ ...session, ...order }))
        return runPrepared(invocation, prepared, options)
      }),
    )
}
