/** The `name: value` lines of an answer, first occurrence first; lines of another shape are left out. */
export function answerLines(text: string): ReadonlyMap<string, string> {
  const lines = new Map<string, string>()
  for (const line of text.split('\n')) {
    const colon = line.indexOf(': ')
    const name = line.slice(0, colon)
    if (colon > 0 && !lines.has(name)) lines.set(name, line.slice(colon + 2).trim())
  }
  return lines
}
