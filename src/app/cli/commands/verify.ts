import type { Command } from '@commander-js/extra-typings'
import { type Invoke, report } from '../invocation.ts'
import { look } from '../look.ts'
import { verifyLines } from '../text/verify.ts'

export function declareVerify(program: Command, invoke: Invoke): void {
  program
    .command('verify')
    .description('Compare the content of every zone on every server with the active’s.')
    .option('--all', 'transfer every zone again, whatever was verified before')
    .addHelpText('after', '\nExample:\n  baton verify')
    .action(({ all }) =>
      invoke(async invocation => {
        const { verify } = await import('../../commands/index.ts')
        const believe = all === true ? 'nothing' : 'what-was-verified'
        const verified = await look(invocation, session => verify({ ...session, believe }))
        return report(invocation, verified, { lines: verifyLines, isWell: ({ well }) => well })
      }),
    )
}
