/** In which lines of a text a server is named as a word of its own; numbered from 1. A comment counts: whoever edits looks there too. */
export function linesNaming(text: string, server: string): readonly number[] {
  const word = new RegExp(`(?<![\\w.-])${server.replaceAll('.', '\\.')}(?![\\w.-])`)
  return text.split('\n').flatMap((line, index) => (word.test(line) ? [index + 1] : []))
}
