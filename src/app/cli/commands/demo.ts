import type { Command } from '@commander-js/extra-typings'
import type { DemoDocument } from '../../contract/index.ts'
import { followDemo } from '../demo.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { answer, complain, type Invoke } from '../invocation.ts'
import { demoLines, isProven } from '../text/lab/demo.ts'
import { countFrom } from './count.ts'

export function declareDemo(lab: Command, invoke: Invoke): void {
  lab
    .command('demo')
    .description(
      'Pass the role there and back on real servers while updates keep coming, and prove that none is lost.',
    )
    .option('--zones <count>', 'how many zones; three in five take updates', countFrom)
    .addHelpText('after', '\nExample:\n  baton lab demo --zones 50')
    .action(({ zones }) =>
      invoke(async invocation => {
        const { planDocument } = await import('../../commands/index.ts')
        const { demo } = await import('../../practice/index.ts')
        const searchPath = process.env['PATH'] ?? ''
        const follower = followDemo(invocation, planDocument)
        const shown = await demo({ zones, searchPath, ...follower }).finally(follower.close)
        if (!shown.ok) return complain(invocation, shown.error)
        answer(invocation, shown.value, width => demoLines(shown.value, width))
        return exitOf(shown.value)
      }),
    )
}

function exitOf(document: DemoDocument): ExitCode {
  return isProven(document) ? EXIT.done : EXIT.unwell
}
