import { Scanner } from './scanner.ts'

const DEFAULT_UNIT = '\t'

/** The blanks a line begins with, for the line that `offset` is in. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStart(text, offset)
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? ''
}

/** Whether nothing but blanks stands before `offset` in its line. */
export function beginsLine(text: string, offset: number): boolean {
  return lineStart(text, offset) + indentationAt(text, offset).length === offset
}

export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/**
 * Where the line ends that `offset` is in, when only blanks and comments follow in it: the offset of its line
 * feed, or of the text's end. Nothing when something else follows, or a comment that goes on in the next
 * line.
 */
export function restOfLine(text: string, offset: number): number | undefined {
  const rest = /(?:[ \t\r]|\/\*(?:[^*\n]|\*(?!\/))*\*\/)*(?:(?:#|\/\/)[^\n]*)?(?=\n|$)/y
  rest.lastIndex = offset
  return rest.test(text) ? rest.lastIndex : undefined
}

/** One step of indentation, as the text does it first; a tab where it has none. */
export function indentationUnit(text: string): string {
  return /\{[^\n{}]*\n([ \t]+)\S/.exec(text)?.[1] ?? DEFAULT_UNIT
}

/**
 * The lines after the first, indented; a string that runs over lines stays as it is, and so does an empty
 * line.
 */
export function indentLines(content: string, indentation: string): string {
  if (!content.includes('\n')) return content
  const scanner = new Scanner(content, 'quote')
  const pieces: string[] = []
  let from = 0
  do {
    scanner.next()
    pieces.push(indentPiece(content.slice(from, scanner.start), indentation))
    pieces.push(content.slice(scanner.start, scanner.end))
    from = scanner.end
  } while (scanner.kind !== 'end')
  return pieces.join('')
}

function indentPiece(trivia: string, indentation: string): string {
  return trivia.replace(/\n(?!\r?\n|$)|\n(?=$)/g, `\n${indentation}`)
}
