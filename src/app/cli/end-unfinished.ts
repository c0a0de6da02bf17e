import type { Problem, Result } from '../../core/base/index.ts'
import type { SessionOptions, UnfinishedOptions } from '../commands/index.ts'
import type { RunDocument } from '../contract/index.ts'
import { confirm } from './confirm.ts'
import type { ExitCode } from './exit-code.ts'
import { complain, type Invocation } from './invocation.ts'
import { conductRun } from './run.ts'
import { unfinishedLines } from './text/unfinished.ts'

/** What is to become of the unfinished run, as a person chose. */
export type UnfinishedChoice = {
  readonly question: string
  readonly act: (options: UnfinishedOptions) => Promise<Result<RunDocument, readonly Problem[]>>
  readonly flags: { readonly takeOver?: true | undefined; readonly yes?: true | undefined }
}

/** Shows the unfinished run, asks, and ends it; where there is none, nobody is asked. */
export async function endUnfinished(invocation: Invocation, choice: UnfinishedChoice): Promise<ExitCode> {
  const { describeUnfinished } = await import('../commands/index.ts')
  const { fleetFile, terminal, format } = invocation
  const options: SessionOptions = { fleetFile }
  const found = await describeUnfinished(options)
  if (!found.ok) return complain(invocation, found.error)
  if (format === 'text') terminal.out.lines(unfinishedLines(found.value, terminal.out.width()))
  const confirmed = await confirm(invocation, choice.question, choice.flags)
  if (!confirmed.ok) return complain(invocation, [confirmed.error])
  const takeOver = choice.flags.takeOver === true
  return conductRun(invocation, watch => choice.act({ ...options, takeOver, watch }))
}
