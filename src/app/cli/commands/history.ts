import type { Command } from '@commander-js/extra-typings'
import { EXIT } from '../exit-code.ts'
import { answer, complain, type Invoke } from '../invocation.ts'
import { historyLines } from '../text/history.ts'

export function declareHistory(program: Command, invoke: Invoke): void {
  program
    .command('history')
    .description('Show what was done to the fleet: who, why, how long, and how it ended.')
    .addHelpText('after', '\nExample:\n  baton history')
    .action(() =>
      invoke(async invocation => {
        const { history } = await import('../../commands/index.ts')
        const told = await history({ fleetFile: invocation.fleetFile })
        if (!told.ok) return complain(invocation, told.error)
        answer(invocation, told.value, width => historyLines(told.value, width))
        return EXIT.done
      }),
    )
}
