import type { Line } from './text/layout/line.ts'
import { type Colouring, printLines } from './text/layout/print.ts'

/** Where a command writes, and whom it may ask: standard streams, whether or not a person sits at them. */
export type Terminal = { readonly out: Output; readonly err: Output; readonly canAsk: boolean }

export type Output = {
  /** A person is watching, and lines can be drawn anew. */
  readonly live: boolean
  /** Columns now, 80 where a terminal says 0, as a serial console does; infinite without a terminal, so that nothing is wrapped. */
  width(): number
  /** Lines that fit on the screen now. */
  height(): number
  write(text: string): void
  lines(lines: readonly Line[]): void
  colouring(): Colouring
}

export type ColourChoice = 'if-possible' | 'never'

const HEIGHT_DEFAULT = 24
const WIDTH_DEFAULT = 80

/** The terminal of this process. */
export function openTerminal(choice: ColourChoice): Terminal {
  const out = openOutput(process.stdout, choice)
  const err = openOutput(process.stderr, choice)
  return { out, err, canAsk: process.stdin.isTTY && process.stderr.isTTY }
}

function openOutput(stream: NodeJS.WriteStream, choice: ColourChoice): Output {
  stream.on('error', ignoreLostReader)
  const live = stream.isTTY && process.env['TERM'] !== 'dumb'
  const colouring = () =>
    live && choice === 'if-possible' && !process.env['NO_COLOR'] ? 'colour' : 'no-colour'
  return {
    live,
    width: () => (stream.isTTY ? stream.columns || WIDTH_DEFAULT : Number.POSITIVE_INFINITY),
    height: () => (stream.isTTY && stream.rows > 0 ? stream.rows : HEIGHT_DEFAULT),
    write: text => void stream.write(text),
    lines: lines => void stream.write(printLines(lines, colouring())),
    colouring,
  }
}

/** A reader that went away, as `head` does, or a terminal that was closed, must not end a run in its middle. */
function ignoreLostReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') process.exitCode = 1
}
