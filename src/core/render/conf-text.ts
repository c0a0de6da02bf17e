import { invariant } from '../base/index.ts'
import { quote as quoteValue } from '../namedconf/index.ts'

/** A name or a path of the fleet in quotes; names and paths go through here wherever they are written. */
export function quoteString(text: string): string {
  const quoted = quoteValue(text)
  invariant(quoted !== undefined, 'a checked fleet has no name or path that named.conf cannot express')
  return quoted
}

/** The lines of a file, with a final newline. */
export function joinLines(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
