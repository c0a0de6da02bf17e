import { Lexer, Parser } from 'yaml'
import type { Span } from './places.ts'

/** Levels of brackets and indentation; a fleet has five. */
export const NESTING_MAX = 64

/**
 * The word or bracket that opens a level too many. Asked before the document is composed, which goes down by calls: a
 * stack that is exhausted on the way ends Node itself where a regular expression is compiled just then.
 */
export function findTooDeep(text: string): Span | undefined {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    const start = parser.offset
    Array.from(parser.next(lexeme))
    if (parser.stack.length > NESTING_MAX) return { start, end: parser.offset }
  }
  return undefined
}
