import type { Command } from '@commander-js/extra-typings'
import type { Problem } from '../../../core/base/index.ts'
import { confirm } from '../confirm.ts'
import { EXIT } from '../exit-code.ts'
import { answer, complain, type Invoke, report } from '../invocation.ts'
import { look } from '../look.ts'
import { applyReplay } from '../rescue-apply.ts'
import { rescueLines } from '../text/rescue.ts'
import { discardLines, isRemoved, rescuesLines } from '../text/rescues.ts'
import { RUN_FLAGS } from './run-options.ts'

const SERVER = ['<server>', 'the server that was deposed'] as const
const TERM = ['<term>', 'the rescue, as `baton rescue list` names it'] as const
const ZONE_FLAG = ['--zone <zone>', 'this zone alone, as it is shown'] as const

export function declareRescue(program: Command, invoke: Invoke): void {
  const rescue = program
    .command('rescue')
    .description('What deposed servers alone had: show it, and replay it.')
    .addHelpText('after', '\nExample:\n  baton rescue list')
  declareList(rescue, invoke)
  declareShow(rescue, invoke)
  declareApply(rescue, invoke)
  declareDiscard(rescue, invoke)
}

function hasNoProblem({ problems }: { readonly problems: readonly Problem[] }): boolean {
  return problems.length === 0
}

function declareList(rescue: Command, invoke: Invoke): void {
  rescue
    .command('list')
    .description('Show every rescue on every peer, and how many orphans it holds.')
    .addHelpText('after', '\nExample:\n  baton rescue list')
    .action(() =>
      invoke(async invocation => {
        const { rescueList } = await import('../../commands/index.ts')
        const listed = await look(invocation, rescueList)
        return report(invocation, listed, { lines: rescuesLines, isWell: hasNoProblem })
      }),
    )
}

function declareShow(rescue: Command, invoke: Invoke): void {
  rescue
    .command('show')
    .description('Show each orphan of a rescue, and what it would meet on the active now.')
    .argument(...SERVER)
    .argument(...TERM)
    .option(...ZONE_FLAG)
    .option('--nsupdate', 'print a script for nsupdate instead')
    .addHelpText('after', '\nExample:\n  baton rescue show ns1 7 --zone example.com')
    .action((server, place, { zone, nsupdate }) =>
      invoke(async invocation => {
        const { onlyScript, rescueShow } = await import('../../commands/index.ts')
        const { terminal, format } = invocation
        const shown = await look(invocation, session => rescueShow({ ...session, server, place, zone }))
        if (!shown.ok || nsupdate !== true || format === 'json')
          return report(invocation, shown, { lines: rescueLines, isWell: hasNoProblem })
        const script = onlyScript(shown.value)
        if (!script.ok) return complain(invocation, [script.error])
        terminal.out.write(script.value)
        return hasNoProblem(shown.value) ? EXIT.done : EXIT.unwell
      }),
    )
}

function declareApply(rescue: Command, invoke: Invoke): void {
  rescue
    .command('apply')
    .description('Replay the orphans of a rescue on the active, those that nothing speaks against.')
    .argument(...SERVER)
    .argument(...TERM)
    .option(...ZONE_FLAG)
    .option('--key <name>', 'sign with this key of baton.yaml; by default one that the zone names')
    .option(...RUN_FLAGS.reason)
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton rescue apply ns1 7 --zone example.com')
    .action((server, place, { zone, key, reason, ...choice }) =>
      invoke(async invocation => {
        const { prepareReplay } = await import('../../commands/index.ts')
        const order = { server, place, zone, key, reason }
        const prepared = await look(invocation, session => prepareReplay({ ...session, ...order }))
        return prepared.ok
          ? applyReplay(invocation, prepared.value, choice)
          : complain(invocation, prepared.error)
      }),
    )
}

function declareDiscard(rescue: Command, invoke: Invoke): void {
  rescue
    .command('discard')
    .description('Throw away what a rescue holds. What was done with it stays on record.')
    .argument(...SERVER)
    .argument(...TERM)
    .option('--with-orphans', 'also when it holds orphans that were not replayed')
    .option(...RUN_FLAGS.reason)
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton rescue discard ns1 7')
    .action((server, place, { withOrphans, reason, ...choice }) =>
      invoke(async invocation => {
        const { prepareDiscard } = await import('../../commands/index.ts')
        const { terminal, format } = invocation
        const order = { server, place, reason }
        const prepared = await look(invocation, session => prepareDiscard({ ...session, ...order }))
        if (!prepared.ok) return complain(invocation, prepared.error)
        const { document, left, start, close } = prepared.value
        try {
          if (left !== undefined && withOrphans !== true) return complain(invocation, [left])
          if (choice.dryRun === true) {
            answer(invocation, document, width => discardLines(document, width))
            return EXIT.done
          }
          // One that failed halfway was confirmed before.
          if (!document.discarded) {
            if (format === 'text') terminal.out.lines(discardLines(document, terminal.out.width()))
            const question = `Discard the rescue of ${server}, term ${place}?`
            const confirmed = await confirm(invocation, question, choice)
            if (!confirmed.ok) return complain(invocation, [confirmed.error])
          }
          const done = await start()
          if (!done.ok) return complain(invocation, done.error)
          answer(invocation, done.value, width => discardLines(done.value, width))
          return isRemoved(done.value) ? EXIT.done : EXIT.failed
        } finally {
          await close()
        }
      }),
    )
}
