import type { ConfFile } from './tree.ts'

/** The text of a file, to the byte: `print(parse(text)) === text` for any text at all. */
export function print(file: ConfFile): string {
  const { text } = file.source
  const pieces: string[] = []
  let from = 0
  for (const statement of file.statements) {
    pieces.push(text.slice(from, statement.end))
    from = statement.end
  }
  pieces.push(text.slice(from))
  return pieces.join('')
}
