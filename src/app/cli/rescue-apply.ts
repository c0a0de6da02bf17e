import { countOf } from '../../core/base/index.ts'
import type { PreparedReplay } from '../commands/index.ts'
import type { ReplayDocument } from '../contract/index.ts'
import type { RunChoice } from './commands/run-options.ts'
import { confirm } from './confirm.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { answer, complain, type Invocation, textsOf } from './invocation.ts'
import { problemLines } from './text/problems.ts'
import { replayLines } from './text/replay.ts'
import { rescueFacts, rescueLines } from './text/rescue.ts'

/** Shows what a replay would do; then, if that is wanted, asks and does it. */
export async function applyReplay(
  invocation: Invocation,
  prepared: PreparedReplay,
  choice: RunChoice,
): Promise<ExitCode> {
  const { document, count, start, close } = prepared
  const { terminal, format } = invocation
  try {
    if (choice.dryRun === true) {
      answer(invocation, document, width => rescueLines(document, width))
      return EXIT.done
    }
    if (format === 'text') terminal.out.lines([...rescueFacts(document, terminal.out.width()), []])
    // Nothing would be sent; that all of it is there already is written down without a question.
    if (count > 0) {
      const confirmed = await confirm(invocation, `Send ${countOf(count, 'update')} to the active?`, choice)
      if (!confirmed.ok) return complain(invocation, [confirmed.error])
    }
    return tell(invocation, await start())
  } finally {
    await close()
  }
}

function tell(invocation: Invocation, replay: ReplayDocument): ExitCode {
  const { terminal, format } = invocation
  const { problems, orphans } = replay
  if (format === 'text' && problems.length > 0)
    terminal.err.lines(problemLines(problems, textsOf(problems), terminal.err.width()))
  answer(invocation, replay, width => replayLines(replay, width))
  if (problems.length > 0) return EXIT.failed
  const isWhole = orphans.every(({ outcome }) => outcome === 'applied' || outcome === 'already-there')
  return isWhole ? EXIT.done : EXIT.unwell
}
