import type { Command } from '@commander-js/extra-typings'
import { EXIT } from '../exit-code.ts'
import { answer, complain, type Invoke } from '../invocation.ts'
import { look } from '../look.ts'
import { diffLines } from '../text/diff.ts'

export function declareDiff(program: Command, invoke: Invoke): void {
  program
    .command('diff')
    .description('Compare the files on every server with what the fleet folder renders to.')
    .addHelpText('after', '\nExample:\n  baton diff')
    .action(() =>
      invoke(async invocation => {
        const { diff } = await import('../../commands/index.ts')
        const compared = await look(invocation, diff)
        if (!compared.ok) return complain(invocation, compared.error)
        answer(invocation, compared.value, () => diffLines(compared.value))
        return compared.value.same ? EXIT.done : EXIT.unwell
      }),
    )
}
