import { existsSync } from 'node:fs'
import type { Command } from '@commander-js/extra-typings'
import type { Problem, Result } from '../../../core/base/index.ts'
import type { LabDocument } from '../../contract/index.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { answer, complain, type Invocation, type Invoke } from '../invocation.ts'
import { labLines } from '../text/lab/lab.ts'
import { countFrom } from './count.ts'
import { declareDemo } from './demo.ts'

const FOLDER_DEFAULT = '.lab'
const FOLDER_FLAG = [
  '--dir <folder>',
  'where the lab is (default: this folder if it is a lab, else .lab)',
] as const

/** What can be broken, in the words of whoever has to notice it. */
const KINDS = [
  '  crash SERVER         its named is killed, and nothing is saved',
  '  hang SERVER          its named is there, and answers nobody',
  '  drift SERVER         somebody edits what it reads, behind Baton’s back',
  '  two-actives SERVER   somebody makes a standby active by hand, so that two take writes',
  '  freeze SERVER ZONE   somebody froze the zone and forgot it',
  '  corrupt SERVER ZONE  the file of the zone is spoilt, which shows at the next load',
  '  fork SERVER ZONE     it has other content under the same serial',
].join('\n')

/** As was said; or this folder, for whoever has gone into a lab. */
function folderOf(said: string | undefined): string {
  return said ?? (existsSync('lab.json') ? '.' : FOLDER_DEFAULT)
}

export function declareLab(program: Command, invoke: Invoke): void {
  const lab = program
    .command('lab')
    .description('Play with a fleet of real servers on this machine.')
    .helpCommand(false)
    .addHelpText('after', '\nExample:\n  baton lab up --zones 50')
  lab
    .command('up')
    .description(
      'Start a new lab, or what does not run of the one that is there; guards decide in which role.',
    )
    .option(...FOLDER_FLAG)
    .option('--zones <count>', 'how many zones a new lab has', countFrom)
    .option('--dynamic <count>', 'how many of them take updates', countFrom)
    .addHelpText('after', '\nExample:\n  baton lab up --zones 50')
    .action(({ dir, zones, dynamic }) =>
      invoke(async invocation => {
        const { labUp } = await import('../../practice/index.ts')
        const searchPath = process.env['PATH'] ?? ''
        return tell(
          invocation,
          await labUp({ folder: folderOf(dir), zones, zonesDynamic: dynamic, searchPath }),
        )
      }),
    )
  lab
    .command('down')
    .description('Stop every server of the lab.')
    .option(...FOLDER_FLAG)
    .addHelpText('after', '\nExample:\n  baton lab down')
    .action(({ dir }) =>
      invoke(async invocation => {
        const { labDown } = await import('../../practice/index.ts')
        return tell(invocation, await labDown({ folder: folderOf(dir) }))
      }),
    )
  lab
    .command('list')
    .description('Show the servers of the lab, and what is broken.')
    .option(...FOLDER_FLAG)
    .addHelpText('after', '\nExample:\n  baton lab list')
    .action(({ dir }) =>
      invoke(async invocation => {
        const { labList } = await import('../../practice/index.ts')
        return tell(invocation, labList({ folder: folderOf(dir) }))
      }),
    )
  lab
    .command('break')
    .description(
      'Break something on a server: crash, hang, drift, two-actives, or freeze, corrupt, fork a zone.',
    )
    .argument('[kind]', 'what to break')
    .argument('[server]', 'where')
    .argument('[zone]', 'for freeze, corrupt and fork: which zone')
    .option(...FOLDER_FLAG)
    .addHelpText('after', `\nKinds:\n${KINDS}\n\nExample:\n  baton lab break corrupt ns2 z3.example`)
    .action((...[kind, server, zone, { dir }]) =>
      invoke(async invocation => {
        const { labBreak } = await import('../../practice/index.ts')
        return tell(invocation, await labBreak({ folder: folderOf(dir), kind, server, zone }))
      }),
    )
  lab
    .command('mend')
    .description(
      'Undo everything that was broken. A peer that crashed is booted: its guard decides in which role.',
    )
    .option(...FOLDER_FLAG)
    .addHelpText('after', '\nExample:\n  baton lab mend')
    .action(({ dir }) =>
      invoke(async invocation => {
        const { labMend } = await import('../../practice/index.ts')
        return tell(invocation, await labMend({ folder: folderOf(dir) }))
      }),
    )
  declareDemo(lab, invoke)
}

function tell(invocation: Invocation, result: Result<LabDocument, readonly Problem[]>): ExitCode {
  if (!result.ok) return complain(invocation, result.error)
  answer(invocation, result.value, width => labLines(result.value, width))
  return EXIT.done
}
