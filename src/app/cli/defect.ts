import { failure } from '../../core/base/index.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { complain } from './invocation.ts'
import { openTerminal } from './terminal.ts'
import { colourOf, formatOf } from './words.ts'

/** What is asked of several servers at once fails of one defect several times. */
let told = false

/** Says that Baton itself is wrong, once, with what its makers need to know. The journal of a run stays where it is. */
export function complainOfDefect(words: readonly string[], cause: unknown): ExitCode {
  if (told) return EXIT.defect
  told = true
  const terminal = openTerminal(colourOf(words))
  const because = cause instanceof Error ? cause.message : String(cause)
  complain({ terminal, format: formatOf(words) }, [
    failure({
      code: 'cli.defect',
      subject: 'baton',
      because,
      remedy:
        'A run keeps its journal in `.baton` beside the fleet file and on the peers: look at `baton status`, then resume it or roll it back. Please report the lines printed here.',
    }),
  ])
  if (cause instanceof Error && cause.stack !== undefined) terminal.err.write(`${cause.stack}\n`)
  return EXIT.defect
}
