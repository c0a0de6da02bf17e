import type { Command } from '@commander-js/extra-typings'
import type { Invoke } from '../invocation.ts'
import { look } from '../look.ts'
import { runPrepared } from '../run-prepared.ts'
import { HANDOVER_FLAGS } from './handover-options.ts'
import { RUN_FLAGS } from './run-options.ts'

export function declareRejoin(program: Command, invoke: Invoke): void {
  program
    .command('rejoin')
    .description(
      'Make an old active a standby again: save what it alone has, take every zone from the active, compare.',
    )
    .argument('<server>', 'the peer that was active and is back, whether its named runs or not')
    .option(...HANDOVER_FLAGS.set)
    .option(...RUN_FLAGS.reason)
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton rejoin ns1 --reason "new power supply"')
    .action((server, options) =>
      invoke(async invocation => {
        const { prepareRejoin } = await import('../../commands/index.ts')
        const { set, reason } = options
        const prepared = await look(invocation, session => prepareRejoin({ ...session, server, set, reason }))
        return runPrepared(invocation, prepared, options)
      }),
    )
}

export function declareResolve(program: Command, invoke: Invoke): void {
  program
    .command('resolve')
    .description('Of two active servers keep one: the other saves what it alone has and becomes its standby.')
    .requiredOption('--keep <server>', 'the active whose content is the truth')
    .option('--despite-term', 'keep it although the other one has the higher term')
    .option(...HANDOVER_FLAGS.set)
    .option(...RUN_FLAGS.reason)
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton resolve --keep ns2')
    .action(options =>
      invoke(async invocation => {
        const { prepareResolve } = await import('../../commands/index.ts')
        const { keep, set, reason } = options
        const term = options.despiteTerm === true ? 'despite-term' : 'higher'
        const order = { keep, set, reason, term } as const
        const prepared = await look(invocation, session => prepareResolve({ ...session, ...order }))
        return runPrepared(invocation, prepared, options)
      }),
    )
}
