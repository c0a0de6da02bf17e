import { Argument, type Command } from '@commander-js/extra-typings'
import { SHELLS } from '../completion/shells.ts'
import { EXIT } from '../exit-code.ts'
import type { Invoke } from '../invocation.ts'

export function declareCompletion(program: Command, invoke: Invoke): void {
  program
    .command('completion')
    .description('Print a script with which the shell completes the words of baton.')
    .addArgument(new Argument('<shell>', 'whose script it is').choices(SHELLS))
    .addHelpText('after', '\nExample:\n  source <(baton completion bash)')
    .action(shell =>
      invoke(async ({ terminal }) => {
        const { completionFor } = await import('../completion/index.ts')
        terminal.out.write(completionFor(shell, program))
        return EXIT.done
      }),
    )
}
