/** What can be inside quotes: no `\` as the last character or before a `"`, pairs of backslashes aside. */
const EXPRESSIBLE = /^(?:[^\\]|\\[^"])*$/

/**
 * A value as a string in quotes. named reads `\"` as `"` and keeps every other backslash together with the
 * character after it, so a value with an odd number of backslashes before a `"` or at its end can't be
 * written in named.conf: there is no result.
 */
export function quote(value: string): string | undefined {
  return EXPRESSIBLE.test(value) ? `"${value.replaceAll('"', '\\"')}"` : undefined
}
