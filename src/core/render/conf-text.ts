/**
 * A text as named.conf reads it back: in quotes, with a backslash before `"` and `\`. Names and paths go through
 * here wherever they are written, so that none of them can end a statement.
 */
export function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, character => `\\${character}`)}"`
}

/** The lines of a file, with a final newline. */
export function printLines(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
