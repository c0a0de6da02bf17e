import { CommanderError } from '@commander-js/extra-typings'
import { type Refusal, refuse, VERSION } from '../../core/base/index.ts'
import { complainOfDefect } from './defect.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { complain } from './invocation.ts'
import { createProgram, type Program } from './program.ts'
import { openTerminal } from './terminal.ts'
import { colourOf, fleetFileOf, formatOf } from './words.ts'

/** Reads the command line, runs its command, and answers the exit code. Nothing is thrown. */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  const terminal = openTerminal(colourOf(words))
  const format = formatOf(words)
  let exit: ExitCode = EXIT.done
  const program = createProgram({
    version: VERSION,
    terminal,
    invoke: async body => {
      exit = await body({ terminal, format, fleetFile: fleetFileOf(program.opts().fleet) })
    },
  })
  try {
    await program.parseAsync(words, { from: 'user' })
    return exit
  } catch (cause) {
    if (!(cause instanceof CommanderError)) return complainOfDefect(words, cause)
    if (cause.exitCode === 0) return EXIT.done
    return complain({ terminal, format }, [usageRefusal(program, words, cause)])
  }
}

function usageRefusal(program: Program, words: readonly string[], cause: CommanderError): Refusal {
  const command = commandPath(program, words).join(' ')
  const because =
    cause.code === 'commander.help' ? 'no command is given' : cause.message.replace(/^error: /, '')
  return refuse({
    code: 'cli.usage',
    subject: command,
    because,
    remedy: `\`${command} --help\` shows what it takes, with an example.`,
  })
}

/** As many of the words as name a command. */
function commandPath(program: Program, words: readonly string[]): readonly string[] {
  const path = [program.name()]
  let commands: readonly { name(): string; commands: readonly unknown[] }[] = program.commands
  for (const word of words.filter(each => !each.startsWith('-'))) {
    const found = commands.find(each => each.name() === word)
    if (found === undefined) break
    path.push(word)
    commands = found.commands as typeof commands
  }
  return path
}
