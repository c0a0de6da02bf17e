import { createColors } from 'picocolors'
import type { Line, Tone } from './line.ts'

export type Colouring = 'colour' | 'no-colour'

const colours = createColors(true)

const PAINTS: Readonly<Record<Tone, (text: string) => string>> = {
  plain: text => text,
  strong: colours.bold,
  faint: colours.dim,
  good: colours.green,
  bad: colours.red,
  warning: colours.yellow,
}

/** Lines as they are written, each ended by a line feed. */
export function printLines(lines: readonly Line[], colouring: Colouring): string {
  return lines.map(pieces => `${printLine(pieces, colouring)}\n`).join('')
}

/** One line without its line feed. What a server said may hold anything, but nothing worse than a tab moves the cursor. */
export function printLine(pieces: Line, colouring: Colouring): string {
  return pieces
    .map(({ text, tone }) => {
      const harmless = text.replace(/(?!\t)\p{Cc}/gu, '\ufffd')
      return colouring === 'colour' ? PAINTS[tone](harmless) : harmless
    })
    .join('')
    .trimEnd()
}
