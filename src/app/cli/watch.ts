import { setTimeout as pause } from 'node:timers/promises'
import { type Problem, type Result, refuse } from '../../core/base/index.ts'
import type { StatusDocument } from '../contract/index.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { complain, type Invocation, textsOf } from './invocation.ts'
import { changeLines } from './text/change.ts'
import { EMPTY_LINE, type Line, line } from './text/layout/line.ts'
import { printLine } from './text/layout/print.ts'
import { printTime } from './text/layout/time.ts'
import { problemLines } from './text/problems.ts'

export type Watching = {
  readonly look: () => Promise<Result<StatusDocument, readonly Problem[]>>
  readonly render: (document: StatusDocument, width: number) => readonly Line[]
  readonly intervalMs: number
}

type Look = Result<StatusDocument, readonly Problem[]>

const HOME = '\x1b[H'
const CLEAR_TO_END_OF_LINE = '\x1b[K'
const CLEAR_BELOW = '\x1b[J'

/** Looks again and again until a person has seen enough: redrawn on a terminal, elsewhere a line when something changes. */
export async function watchStatus(invocation: Invocation, watching: Watching): Promise<ExitCode> {
  if (invocation.format === 'json') return complain(invocation, [watchNeedsText()])
  const enough = new AbortController()
  const stop = () => enough.abort()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, stop)
  const { out } = invocation.terminal
  const show = out.live ? redraw : tellChanges()
  if (out.live) out.write(`${HOME}${CLEAR_BELOW}`)
  try {
    while (!enough.signal.aborted) {
      const seen = await watching.look()
      show(invocation, watching, seen)
      await pause(watching.intervalMs, undefined, { signal: enough.signal }).catch(() => undefined)
    }
  } finally {
    for (const signal of signals) process.off(signal, stop)
  }
  return EXIT.done
}

/** Overwrites the screen line by line, so that it does not flicker. */
function redraw({ terminal: { out } }: Invocation, { render }: Watching, seen: Look): void {
  const width = out.width()
  const lines = [
    ...(seen.ok ? render(seen.value, width) : problemLines(seen.error, textsOf(seen.error), width)),
    EMPTY_LINE,
    line(`${printTime(Date.now())}  Ctrl-C ends this`, 'faint'),
  ].slice(0, out.height() - 1)
  const text = lines.map(each => `${printLine(each, out.colouring())}${CLEAR_TO_END_OF_LINE}\n`).join('')
  out.write(`${HOME}${text}${CLEAR_BELOW}`)
}

/** For a log: what has begun or ended since the last look. */
function tellChanges(): (invocation: Invocation, watching: Watching, seen: Look) => void {
  let before: Look | undefined
  return ({ terminal: { out } }, _, seen) => {
    out.lines(changeLines(before, seen).map(text => line(`${printTime(Date.now())}  ${text}`)))
    before = seen
  }
}

function watchNeedsText() {
  return refuse({
    code: 'cli.usage',
    subject: 'status',
    because: '--watch goes on and on, --json is one document',
    remedy: 'Ask for one of them; a program can call `baton status --json` again.',
  })
}
