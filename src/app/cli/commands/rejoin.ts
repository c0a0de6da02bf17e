import type { Command } from '@commander-js/extra-typings'
import type { PreparedRejoin } from '../../commands/index.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { answer, complain, type Invocation, type Invoke } from '../invocation.ts'
import { runPrepared } from '../run-prepared.ts'
import { runLines } from '../text/run.ts'
import { HANDOVER_FLAGS } from './handover-options.ts'
import { RUN_FLAGS, type RunChoice } from './run-options.ts'

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
        const { fleetFile } = invocation
        const { set, reason } = options
        const prepared = await prepareRejoin({ fleetFile, server, set, reason })
        if (!prepared.ok) return complain(invocation, prepared.error)
        return runOrTell(invocation, prepared.value, options)
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
        const { fleetFile } = invocation
        const { keep, set, reason } = options
        const term = options.despiteTerm === true ? 'despite-term' : 'higher'
        const prepared = await prepareResolve({ fleetFile, keep, set, reason, term })
        if (!prepared.ok) return complain(invocation, prepared.error)
        return runOrTell(invocation, prepared.value, options)
      }),
    )
}

async function runOrTell(
  invocation: Invocation,
  prepared: PreparedRejoin,
  choice: RunChoice,
): Promise<ExitCode> {
  if (prepared.plan !== undefined) return runPrepared(invocation, prepared, choice)
  answer(invocation, prepared.document, width => runLines(prepared.document, { width, return: 'open' }))
  return EXIT.done
}
