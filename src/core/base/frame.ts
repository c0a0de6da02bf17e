import type { Diagnostic } from './problem.ts'

const LINES_BEFORE = 2
const LINES_AFTER = 1
/** Longer lines are cut around the mark, in characters. */
const WIDTH_MAX = 100
/** How far before its value the word `secret` is looked for, in characters. */
const SECRET_REACH = 200
const SECRET = /(\bsecret\b["']?\s*:?\s*)("[^"\n]*"?|'[^'\n]*'?|[^\s;{}"']+)/gi

/**
 * The lines around a diagnostic, numbered, with a mark under what it is about. Plain text without a final
 * line feed. A secret in these lines, in named.conf or YAML, is covered with asterisks: a frame may go to a
 * log.
 *
 * @param text the whole text that the diagnostic is about
 */
export function renderFrame(diagnostic: Diagnostic, text: string): string {
  const { line, column, length } = diagnostic.place
  const offset = Math.min(diagnostic.place.offset, text.length)
  const before = Math.min(LINES_BEFORE, line - 1)
  const lines = coverSecrets(text, linesAround(text, offset, before))
  const digits = String(line + LINES_AFTER).length
  const cut = column > WIDTH_MAX ? column - WIDTH_MAX / 2 : 0
  const frame = lines.flatMap((content, index) => {
    const number = line - before + index
    const shown = content.slice(cut, cut + WIDTH_MAX)
    const label = `${number === line ? '>' : ' '} ${String(number).padStart(digits)} |`
    const rendered = `${label} ${printable(shown)}`.trimEnd()
    if (number !== line) return [rendered]
    return [rendered, `${' '.repeat(digits + 3)}| ${markUnder(shown, column - 1 - cut, length)}`]
  })
  return frame.join('\n')
}

/** Start and end of the lines to show. */
function linesAround(text: string, offset: number, before: number): { start: number; end: number } {
  let start = lineStart(text, offset)
  for (let count = 0; count < before; count++) start = lineStart(text, start - 1)
  let end = lineEnd(text, offset)
  for (let count = 0; count < LINES_AFTER && end < text.length; count++) end = lineEnd(text, end + 1)
  return { start, end }
}

function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}

function coverSecrets(text: string, span: { start: number; end: number }): string[] {
  const from = Math.max(span.start - SECRET_REACH, 0)
  const covered = text
    .slice(from, span.end)
    .replace(SECRET, (_, before: string, secret: string) => before + '*'.repeat(secret.length))
  return covered.slice(span.start - from).split('\n')
}

/**
 * Nothing that would move a terminal's cursor; one character for one, so that the mark stays in its place.
 */
function printable(line: string): string {
  return line.replace(/\t/g, ' ').replace(/\p{Cc}|\p{Surrogate}/gu, '\ufffd')
}

function markUnder(shown: string, column: number, length: number): string {
  const width = Math.max(Math.min(length, shown.length - column), 1)
  return ' '.repeat(column) + '^'.repeat(width)
}
