/** How a piece of text is meant. A terminal with colours shows it; without them the words alone must do. */
export type Tone = 'plain' | 'strong' | 'faint' | 'good' | 'bad' | 'warning'

export type Piece = { readonly text: string; readonly tone: Tone }

/** One line of output before it is printed, so that it can be measured, wrapped and aligned without colours in the way. */
export type Line = readonly Piece[]

export const EMPTY_LINE: Line = []

export function tell(text: string, tone: Tone = 'plain'): Piece {
  return { text, tone }
}

/** A line in one tone. */
export function line(text: string, tone: Tone = 'plain'): Line {
  return [tell(text, tone)]
}

export function textOfLine(pieces: Line): string {
  return pieces.map(({ text }) => text).join('')
}

/** The part of a line between two columns, counted from 0. */
export function sliceLine(pieces: Line, start: number, end: number): Line {
  let offset = 0
  return pieces.flatMap(({ text, tone }) => {
    const from = Math.max(start - offset, 0)
    const to = Math.max(end - offset, 0)
    offset += text.length
    const part = text.slice(from, to)
    return part === '' ? [] : [{ text: part, tone }]
  })
}

/** A line of at most `width` columns; what was cut is said by an ellipsis. */
export function clip(pieces: Line, width: number): Line {
  if (textOfLine(pieces).length <= width) return pieces
  return [...sliceLine(pieces, 0, Math.max(width - 1, 0)), tell('…')]
}
