import { lowerCase } from '../read.ts'

/**
 * Pairs of words such as `port 53 key transfer`, where `taken` says which words begin a pair; the rest is
 * left over.
 */
export function readPairs(
  values: readonly string[],
  taken: ReadonlySet<string>,
): { readonly pairs: ReadonlyMap<string, string>; readonly rest: readonly string[] } {
  const pairs = new Map<string, string>()
  const rest: string[] = []
  for (let at = 0; at < values.length; at++) {
    const word = values[at] as string
    const keyword = lowerCase(word)
    const value = values[at + 1]
    if (taken.has(keyword) && value !== undefined) {
      pairs.set(keyword, value)
      at++
    } else rest.push(word)
  }
  return { pairs, rest }
}

/** A port number from 0 to 65535; nothing for any other text. */
export function readPort(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined
  const port = Number(text)
  return port <= 65_535 ? port : undefined
}
