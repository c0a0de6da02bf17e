import type { Command } from '@commander-js/extra-typings'
import { EXIT } from '../exit-code.ts'
import { answer, complain, type Invoke, textsOf } from '../invocation.ts'
import { problemLines } from '../text/problems.ts'
import { renderLines } from '../text/render.ts'
import { readText } from './text.ts'

export function declareRender(program: Command, invoke: Invoke): void {
  program
    .command('render')
    .description('Write what every server should hold into a folder, for looking. Secrets are among it.')
    .requiredOption('--out <folder>', 'where to write: FOLDER/SERVER/etc/bind/named.conf and so on', readText)
    .addHelpText('after', '\nExample:\n  baton render --out /tmp/rendered')
    .action(({ out }) =>
      invoke(async invocation => {
        const { renderTo } = await import('../../commands/index.ts')
        const rendered = await renderTo({ fleetFile: invocation.fleetFile, out })
        if (!rendered.ok) return complain(invocation, rendered.error)
        const { warnings } = rendered.value
        const { err } = invocation.terminal
        if (invocation.format === 'text') err.lines(problemLines(warnings, textsOf(warnings), err.width()))
        answer(invocation, rendered.value, width => renderLines(rendered.value, width))
        return EXIT.done
      }),
    )
}
