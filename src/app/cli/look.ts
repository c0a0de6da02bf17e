import type { SessionOptions } from '../commands/index.ts'
import type { Invocation } from './invocation.ts'
import type { Output } from './terminal.ts'
import { clip, line } from './text/layout/line.ts'
import { printLine } from './text/layout/print.ts'
import { printDuration, printTime } from './text/layout/time.ts'

type LookWatch = NonNullable<SessionOptions['lookWatch']>

/** A look that takes no longer needs no words, in milliseconds. */
const SILENCE_MAX_MS = 2000
const REDRAW_INTERVAL_MS = 200
/** In a log, how often it is said who is still waited for, in milliseconds. */
const LOG_INTERVAL_MS = 10_000

const CLEAR_LINE = '\r\x1b[K'

/**
 * Looks at a fleet, and says on standard error who is waited for as soon as that takes long: drawn in its place on a
 * terminal, elsewhere a line now and then.
 */
export async function look<Seen>(
  { terminal, format, fleetFile }: Invocation,
  see: (options: SessionOptions) => Promise<Seen>,
): Promise<Seen> {
  const waiting = new Map<string, number>()
  const stop = format === 'json' ? () => undefined : tellWaiting(terminal.err, waiting)
  try {
    return await see({ fleetFile, lookWatch: countWaiting(waiting) })
  } finally {
    stop()
  }
}

/** One server may be asked several things at once. */
function countWaiting(waiting: Map<string, number>): LookWatch {
  const change = (server: string, by: number) => {
    const count = (waiting.get(server) ?? 0) + by
    if (count > 0) waiting.set(server, count)
    else waiting.delete(server)
  }
  return { began: server => change(server, 1), ended: server => change(server, -1) }
}

function tellWaiting(output: Output, waiting: ReadonlyMap<string, number>): () => void {
  const began = performance.now()
  let saidAt = 0
  let drawn = false
  const tick = () => {
    const elapsedMs = performance.now() - began
    if (elapsedMs < SILENCE_MAX_MS || waiting.size === 0) return
    const words = `waiting for ${[...waiting.keys()].join(', ')} … ${printDuration(elapsedMs)}`
    if (output.live) {
      drawn = true
      output.write(CLEAR_LINE + printLine(clip(line(words, 'faint'), output.width() - 1), output.colouring()))
    } else if (saidAt === 0 || elapsedMs - saidAt > LOG_INTERVAL_MS) {
      saidAt = elapsedMs
      output.lines([line(`${printTime(Date.now())}  ${words}`)])
    }
  }
  const timer = setInterval(tick, REDRAW_INTERVAL_MS)
  return () => {
    clearInterval(timer)
    if (drawn) output.write(CLEAR_LINE)
  }
}
