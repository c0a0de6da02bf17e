import type { JsonToken } from './json-token.ts'

/** Words that may stand in the statistics, as bytes to compare with where they stand. */
export type Words<Word extends string> = readonly { readonly word: Word; readonly bytes: Uint8Array }[]

export type WordOf<Table> = Table extends Words<infer Word> ? Word : never

export function wordsOf<const Word extends string>(...words: readonly Word[]): Words<Word> {
  return words.map(word => ({ word, bytes: new TextEncoder().encode(word) }))
}

/** Which of the words the token is; a string is made only of one that is escaped, which named's never are. */
export function findWord<Word extends string>(words: Words<Word>, token: JsonToken): Word | undefined {
  if (token.escaped) return words.find(({ word }) => word === token.string())?.word
  for (const { word, bytes } of words) if (token.is(bytes)) return word
  return undefined
}
