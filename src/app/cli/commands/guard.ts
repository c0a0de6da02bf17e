import type { Command } from '@commander-js/extra-typings'
import { ok } from '../../../core/base/index.ts'
import { confirm } from '../confirm.ts'
import { EXIT } from '../exit-code.ts'
import { answer, complain, type Invoke, report } from '../invocation.ts'
import { look } from '../look.ts'
import { guardInstallLines, guardStatusLines, guardTestLines } from '../text/guard.ts'
import { RUN_FLAGS } from './run-options.ts'

const SERVERS = ['[server...]', 'which peers; all of them by default'] as const
const UNITS_FLAG = ['--units <folder>', 'where the servers have their units of systemd'] as const
const UNIT_FLAG = ['--unit <name>', 'the unit that starts named, where it has a name of its own'] as const

export function declareGuard(program: Command, invoke: Invoke): void {
  const guard = program
    .command('guard')
    .description('Look after the guard, which settles a peer’s role before named starts.')
    .addHelpText('after', '\nExample:\n  baton guard test')
  guard
    .command('status')
    .description('Show whether every guard is in its place and runs, and what it decided last.')
    .argument(...SERVERS)
    .option(...UNITS_FLAG)
    .option(...UNIT_FLAG)
    .addHelpText('after', '\nExample:\n  baton guard status')
    .action((servers, { units, unit }) =>
      invoke(async invocation => {
        const { guardStatus } = await import('../../commands/index.ts')
        const seen = await look(invocation, session =>
          guardStatus({ ...session, servers, folder: units, unit }),
        )
        return report(invocation, seen, { lines: guardStatusLines, isWell: ({ well }) => well })
      }),
    )
  guard
    .command('test')
    .description('Ask every guard in which role its server would start now, and change nothing.')
    .argument(...SERVERS)
    .addHelpText('after', '\nExample:\n  baton guard test ns1')
    .action(servers =>
      invoke(async invocation => {
        const { guardTest } = await import('../../commands/index.ts')
        const tried = await look(invocation, session => guardTest({ ...session, servers }))
        return report(invocation, tried, { lines: guardTestLines, isWell: ({ well }) => well })
      }),
    )
  guard
    .command('install')
    .description('Let systemd run the guard before named starts and while it runs, or say what else has to.')
    .argument(...SERVERS)
    .option(...UNITS_FLAG)
    .option(...UNIT_FLAG)
    .option(...RUN_FLAGS.dryRun)
    .option(...RUN_FLAGS.yes)
    .addHelpText('after', '\nExample:\n  baton guard install ns1 --dry-run')
    .action((servers, { units, unit, ...choice }) =>
      invoke(async invocation => {
        const { guardInstall } = await import('../../commands/index.ts')
        const { fleetFile, terminal, format } = invocation
        const installed = await guardInstall({
          fleetFile,
          servers,
          folder: units,
          unit,
          agree:
            choice.dryRun === true
              ? undefined
              : async document => {
                  if (choice.yes === true) return ok(undefined)
                  if (format === 'text')
                    terminal.out.lines([...guardInstallLines(document, terminal.out.width()), []])
                  return confirm(invocation, 'Write these files?', choice)
                },
        })
        if (!installed.ok) return complain(invocation, installed.error)
        answer(invocation, installed.value, width => guardInstallLines(installed.value, width))
        return EXIT.done
      }),
    )
}
