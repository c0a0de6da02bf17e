import type { Command } from '@commander-js/extra-typings'
import { type Invoke, report } from '../invocation.ts'
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
        return report(invocation, compared, { lines: diffLines, isWell: ({ same }) => same })
      }),
    )
}
