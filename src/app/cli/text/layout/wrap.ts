import { type Line, sliceLine, tell, textOfLine } from './line.ts'

export type Wrapping = {
  /** Columns; infinite where there is no terminal, since a log is searched by line. */
  readonly width: number
  /** How far the second and later lines are indented, in columns. */
  readonly hang: number
}

/** A terminal that is narrower than this is written to as if it were not, in columns. */
const ROOM_MIN = 10

/** Breaks a line at its blanks; a word longer than the line is cut. */
export function wrap(pieces: Line, { width, hang }: Wrapping): readonly Line[] {
  const text = textOfLine(pieces)
  const indent = tell(' '.repeat(hang))
  const lines: Line[] = []
  let start = 0
  do {
    const first = start === 0
    const room = Math.max(first ? width : width - hang, ROOM_MIN)
    const end = findBreak(text, start, room)
    const part = sliceLine(pieces, start, end)
    lines.push(first ? part : [indent, ...part])
    start = end
    while (text[start] === ' ') start++
  } while (start < text.length)
  return lines
}

/** Where the line that begins at `start` ends: before the last blank that fits, the indentation's own left aside. */
function findBreak(text: string, start: number, room: number): number {
  if (text.length - start <= room) return text.length
  const word = start + (/^ */.exec(text.slice(start))?.[0].length ?? 0)
  const blank = text.lastIndexOf(' ', start + room)
  return blank > word ? blank : start + room
}
