/** Words as a sentence quotes them: `` `a`, `b` ``. */
export function listWords(words: readonly string[]): string {
  return words.map(word => `\`${word}\``).join(', ')
}
