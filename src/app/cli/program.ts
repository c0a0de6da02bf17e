import { Command } from '@commander-js/extra-typings'
import { declareCheck } from './commands/check.ts'
import { declareCodes } from './commands/codes.ts'
import { declareCompletion } from './commands/completion.ts'
import { declareDiff } from './commands/diff.ts'
import { declareFailover } from './commands/failover.ts'
import { declareGuard } from './commands/guard.ts'
import { declareHistory } from './commands/history.ts'
import { declareLab } from './commands/lab.ts'
import { declarePeer } from './commands/peer.ts'
import { declarePush } from './commands/push.ts'
import { declareRejoin, declareResolve } from './commands/rejoin.ts'
import { declareRender } from './commands/render.ts'
import { declareRescue } from './commands/rescue.ts'
import { declareResume } from './commands/resume.ts'
import { declareRollback } from './commands/rollback.ts'
import { declareStatus } from './commands/status.ts'
import { declareSwitchover } from './commands/switchover.ts'
import { declareVerify } from './commands/verify.ts'
import type { Invoke } from './invocation.ts'
import type { Terminal } from './terminal.ts'

/** What the command line is put together from. */
export type ProgramParts = {
  readonly version: string
  readonly terminal: Pick<Terminal, 'out'>
  readonly invoke: Invoke
}

export type Program = ReturnType<typeof createProgram>

/** In the order of `baton --help`. */
const DECLARATIONS = [
  declareStatus,
  declareCheck,
  declareVerify,
  declareSwitchover,
  declareFailover,
  declareRejoin,
  declareResolve,
  declareRescue,
  declareResume,
  declareRollback,
  declareHistory,
  declareRender,
  declareDiff,
  declarePush,
  declarePeer,
  declareGuard,
  declareLab,
  declareCodes,
  declareCompletion,
]

/** The whole command line: every command with its words, none of what they do. Complaints are thrown as `CommanderError`. */
export function createProgram({ version, terminal, invoke }: ProgramParts) {
  const program = new Command('baton')
    .description('Passes the primary role between BIND 9 servers.')
    .version(version, '-V, --version', 'print the version')
    .option('--fleet <file>', 'the file of the fleet (default: baton.yaml, then $BATON_FLEET)')
    .option('--json', 'print one JSON document instead of text')
    .option('--no-color', 'print without colours')
    .helpOption('-h, --help', 'print what a command takes')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: text => terminal.out.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(terminal.out.width(), HELP_WIDTH_MAX),
      getOutHasColors: () => false,
    })
    .exitOverride()
    .addHelpText('after', '\nExample:\n  baton status')
  for (const declare of DECLARATIONS) declare(program, invoke)
  return program
}

/** Longer lines of help are hard to read, in columns. */
const HELP_WIDTH_MAX = 80
