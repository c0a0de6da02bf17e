import type { Problem, Result } from '../../core/base/index.ts'
import type { RunWatch } from '../commands/index.ts'
import type { RunDocument } from '../contract/index.ts'
import { EXIT, type ExitCode, exitOfRun } from './exit-code.ts'
import { listenForStop } from './interrupt.ts'
import { answer, complain, type Invocation, textsOf } from './invocation.ts'
import { followRun, type Progress } from './progress.ts'
import { line } from './text/layout/line.ts'
import { wrap } from './text/layout/wrap.ts'
import { problemLines } from './text/problems.ts'
import { runLines } from './text/run.ts'

export type Conduct = {
  /** How it should end. */
  readonly wanted: 'done' | 'rolled-back'
  readonly start: (watch: RunWatch) => Promise<Result<RunDocument, readonly Problem[]>>
}

/** Runs with progress and an ear for Ctrl-C, and tells how it ended. */
export async function conductRun(invocation: Invocation, { wanted, start }: Conduct): Promise<ExitCode> {
  const { planDocument } = await import('../commands/index.ts')
  const progress = followRun(invocation.format === 'json' ? undefined : invocation.terminal.out)
  const stop = new AbortController()
  const silence = listenForStop({
    first: () => {
      stop.abort()
      tellStop(invocation, progress)
    },
    again: () => leave(invocation, progress),
  })
  const ended = await start({
    signal: stop.signal,
    onPlan: plan => progress.plan(planDocument(plan, [])),
    onEvent: event => progress.event(event),
    onAsk: asking => progress.ask(asking),
  }).finally(() => {
    progress.close()
    silence()
  })
  if (!ended.ok) return complain(invocation, ended.error)
  tellEnd(invocation, ended.value, progress)
  return exitOfRun(ended.value, wanted)
}

/** What went wrong goes to standard error, how it ended to standard output. */
function tellEnd(invocation: Invocation, run: RunDocument, progress: Progress): void {
  const { terminal, format } = invocation
  if (format === 'text' && run.problems.length > 0)
    terminal.err.lines(problemLines(run.problems, textsOf(run.problems), terminal.err.width()))
  answer(invocation, run, width => runLines(run, { width, return: progress.canReturn() ? 'open' : 'closed' }))
}

function tellStop({ terminal: { err } }: Invocation, progress: Progress): void {
  const said = progress.canReturn()
    ? 'stopping: the step under way is finished, then everything is taken back'
    : 'cannot be stopped any more: finishing'
  progress.pause()
  err.lines(wrap(line(said, 'warning'), { width: err.width(), hang: 2 }))
}

function leave({ terminal: { err } }: Invocation, progress: Progress): never {
  const remedy = progress.canReturn() ? '`baton resume` or `baton rollback`' : '`baton resume`'
  progress.pause()
  err.lines([line(`left in the middle: the run holds the fleet until ${remedy} ends it`, 'bad')])
  process.exit(EXIT.incomplete)
}
