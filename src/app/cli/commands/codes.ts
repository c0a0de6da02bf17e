import { Argument, type Command } from '@commander-js/extra-typings'
import { type Refusal, refuse } from '../../../core/base/index.ts'
import { EXIT } from '../exit-code.ts'
import { answer, complain, type Invoke } from '../invocation.ts'
import { codesLines } from '../text/codes.ts'

export function declareCodes(program: Command, invoke: Invoke): void {
  program
    .command('codes')
    .description('Explain a code, or all of an area: what it means, and what to do.')
    .addArgument(new Argument('[code]', 'a code such as check.zones-loaded, or an area such as check'))
    .addHelpText('after', '\nExample:\n  baton codes check.zones-loaded')
    .action(wanted =>
      invoke(async invocation => {
        const { CODE_ENTRIES } = await import('../../commands/index.ts')
        const codes = Object.entries(CODE_ENTRIES)
          .filter(([code]) => wanted === undefined || code === wanted || code.startsWith(`${wanted}.`))
          .map(([code, { meaning, remedy }]) => ({ code, meaning, remedy }))
        if (codes.length === 0) return complain(invocation, [unknownCode(wanted ?? '')])
        answer(invocation, { version: 1, document: 'codes', codes }, width => codesLines({ codes }, width))
        return EXIT.done
      }),
    )
}

function unknownCode(wanted: string): Refusal {
  return refuse({
    code: 'cli.usage',
    subject: wanted,
    because: 'no code and no area has that name',
    remedy: '`baton codes` prints them all.',
  })
}
