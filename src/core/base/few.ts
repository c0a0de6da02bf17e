/** Of more than this a person reads no list, and wants the number. */
const NAMED_MAX = 5

/** Where a list is to be told in another way than most. */
export type Few = {
  /** How many are named at most. */
  readonly max?: number
  readonly separator?: string
  /** Follows the number of those that are left out: where all of them are. */
  readonly hint?: string
}

/** `a, b, c, d, e and 12 more`. */
export function listFew(words: readonly string[], { max = NAMED_MAX, separator = ', ' }: Few = {}): string {
  const named = words.slice(0, max).join(separator)
  const more = words.length - max
  return more > 0 ? `${named}${separator === ', ' ? '' : separator.trimEnd()} and ${more} more` : named
}

/** The same as lines of their own, of which the last may be `and 12 more`. */
export function firstFew(
  lines: readonly string[],
  { max = NAMED_MAX, hint = '' }: Few = {},
): readonly string[] {
  const more = lines.length - max
  return more > 0 ? [...lines.slice(0, max), `and ${more} more${hint}`] : lines
}
