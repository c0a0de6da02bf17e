/** Of more than this a person reads no list, and wants the number. */
const NAMED_MAX = 5

/** `a, b, c, d, e and 12 more`. */
export function listFew(words: readonly string[], separator = ', '): string {
  const named = words.slice(0, NAMED_MAX).join(separator)
  const more = words.length - NAMED_MAX
  return more > 0 ? `${named}${separator === ', ' ? '' : separator.trimEnd()} and ${more} more` : named
}

/** The same as lines of their own, of which the last may be `and 12 more`. */
export function firstFew(lines: readonly string[]): readonly string[] {
  const more = lines.length - NAMED_MAX
  return more > 0 ? [...lines.slice(0, NAMED_MAX), `and ${more} more`] : lines
}
