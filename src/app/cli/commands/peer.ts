import type { Command } from '@commander-js/extra-typings'
import type { Invoke } from '../invocation.ts'
import { look } from '../look.ts'
import { runPrepared } from '../run-prepared.ts'
import { FENCE_FLAGS } from './fence-options.ts'
import { RUN_FLAGS } from './run-options.ts'

export function declarePeer(program: Command, invoke: Invoke): void {
  const peer = program
    .command('peer')
    .description('Change which peers belong to the fleet.')
    .addHelpText('after', '\nExample:\n  baton peer remove ns3')
  peer
    .command('remove')
    .description('Remove a dead peer for good: Baton no longer asks it, waits for it or writes to it.')
    .argument('<server...>', 'peers that are gone and never come back')
    .option(...FENCE_FLAGS.despiteAnswer)
    .option(...RUN_FLAGS.reason)
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton peer remove ns3 --reason "burnt"')
    .action((servers, options) =>
      invoke(async invocation => {
        const { preparePeerRemove } = await import('../../commands/index.ts')
        const { reason, despiteAnswer = [] } = options
        const order = { servers, reason, despiteAnswer }
        const prepared = await look(invocation, session => preparePeerRemove({ ...session, ...order }))
        return runPrepared(invocation, prepared, options)
      }),
    )
}
