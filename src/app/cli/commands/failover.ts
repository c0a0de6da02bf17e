import type { Command } from '@commander-js/extra-typings'
import type { Invoke } from '../invocation.ts'
import { look } from '../look.ts'
import { runPrepared } from '../run-prepared.ts'
import { FENCE_FLAGS, fenceWords, readFence } from './fence-options.ts'
import { HANDOVER_FLAGS, handoverOrder } from './handover-options.ts'
import { RUN_FLAGS } from './run-options.ts'

export function declareFailover(program: Command, invoke: Invoke): void {
  program
    .command('failover')
    .description('Let a standby take over from an active that is gone. What may be lost is said first.')
    .option(
      '--fenced <how>',
      'you made sure that the server that is gone takes no writes, and this is how; `NAME=how` of another peer',
      readFence,
    )
    .option(...FENCE_FLAGS.despiteAnswer)
    .option('--to <server>', 'the standby that takes over; by default the one with the newest zones')
    .option('--from <server>', 'the server that is gone, where no other knows which it was')
    .option(...HANDOVER_FLAGS.set)
    .option('--without <server...>', 'do not wait for these servers, and do not take what they alone have')
    .option('--take-over', 'end an unfinished switchover although its process may be alive')
    .option('--no-serial-step', 'leave serials as they are, and risk that forks hide behind equal ones')
    .option(...RUN_FLAGS.reason)
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton failover --fenced "ns1 switched off at the rack"')
    .action(options =>
      invoke(async invocation => {
        const { prepareFailover } = await import('../../commands/index.ts')
        const { from, reason } = options
        const fenced = options.fenced?.words
        const serials = options.serialStep ? 'raised' : 'kept'
        const takeOver = options.takeOver === true
        const order = {
          ...handoverOrder(options),
          ...fenceWords(options),
          fenced,
          from,
          reason,
          serials,
          takeOver,
        } as const
        const prepared = await look(invocation, session => prepareFailover({ ...session, ...order }))
        return runPrepared(invocation, prepared, options)
      }),
    )
}
