import type { Problem, Result } from '../../core/base/index.ts'
import type { FenceWords, UnfinishedOptions } from '../commands/index.ts'
import type { RunDocument } from '../contract/index.ts'
import type { RunChoice } from './commands/run-options.ts'
import { confirm } from './confirm.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { answer, complain, type Invocation } from './invocation.ts'
import { look } from './look.ts'
import { conductRun } from './run.ts'
import { previewLines, unfinishedLines } from './text/unfinished.ts'

/** What is to become of the unfinished run, as a person chose. */
export type UnfinishedChoice = {
  readonly way: 'on' | 'back'
  readonly question: string
  readonly act: (options: UnfinishedOptions) => Promise<Result<RunDocument, readonly Problem[]>>
  readonly words?: FenceWords
  /** Lost servers, which a rollback leaves as they are. */
  readonly without?: readonly string[]
  readonly flags: RunChoice & { readonly takeOver?: true | undefined }
}

/** Shows the unfinished run, asks, and ends it; where there is none, nobody is asked. */
export async function endUnfinished(invocation: Invocation, choice: UnfinishedChoice): Promise<ExitCode> {
  const { way, flags, without = [] } = choice
  const takeOver = flags.takeOver === true
  const { describeUnfinished, previewUnfinished } = await import('../commands/index.ts')
  const { fleetFile, terminal, format } = invocation
  if (flags.dryRun === true) {
    const preview = await look(invocation, session =>
      previewUnfinished({ ...session, way, takeOver, without }),
    )
    if (!preview.ok) return complain(invocation, preview.error)
    answer(invocation, preview.value, width => previewLines(preview.value, width))
    return EXIT.done
  }
  const found = await look(invocation, session => describeUnfinished({ ...session, leftOut: without }))
  if (!found.ok) return complain(invocation, found.error)
  if (format === 'text') terminal.out.lines(unfinishedLines(found.value, terminal.out.width()))
  const confirmed = await confirm(invocation, choice.question, flags)
  if (!confirmed.ok) return complain(invocation, [confirmed.error])
  return conductRun(invocation, {
    wanted: way === 'back' ? 'rolled-back' : 'done',
    start: watch => choice.act({ fleetFile, takeOver, without, watch, ...choice.words }),
  })
}
