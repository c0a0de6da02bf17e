import type { Command } from '@commander-js/extra-typings'
import { type Invoke, report } from '../invocation.ts'
import { look } from '../look.ts'
import { checkLines } from '../text/check.ts'
import { FENCE_FLAGS, fenceWords } from './fence-options.ts'
import { HANDOVER_FLAGS, handoverOrder } from './handover-options.ts'

export function declareCheck(program: Command, invoke: Invoke): void {
  program
    .command('check')
    .description('Ask everything a switchover asks first, and change nothing.')
    .option(...HANDOVER_FLAGS.to)
    .option(...HANDOVER_FLAGS.set)
    .option(...HANDOVER_FLAGS.without)
    .option(...FENCE_FLAGS.byName)
    .option(...FENCE_FLAGS.despiteAnswer)
    .addHelpText('after', '\nExample:\n  baton check --to ns2')
    .action(options =>
      invoke(async invocation => {
        const { check } = await import('../../commands/index.ts')
        const checked = await look(invocation, session =>
          check({ ...session, ...handoverOrder(options), ...fenceWords(options) }),
        )
        return report(invocation, checked, { lines: checkLines, isWell: ({ passed }) => passed })
      }),
    )
}
