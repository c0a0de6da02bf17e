/** A word of a zone file in text form (RFC 1035 section 5.1), as far as finding the SOA needs it. */
export type TextToken =
  | { readonly kind: 'word'; readonly text: string; readonly quoted: boolean }
  /** White space at the beginning of an entry: the owner is that of the entry before. */
  | { readonly kind: 'same-owner' }
  /** The end of an entry: a line end outside parentheses. */
  | { readonly kind: 'end' }

const SPACE = /[ \t\r]/
/** What ends a word. The backslash is not among them: it takes the next character along. */
const WORD_END = /[ \t\r\n;()"]/

/**
 * The words of the beginning of a zone file. A word that touches the end of `text` is not given: more of it may
 * follow. Give the text of a whole file with a final line end.
 */
export function* textTokens(text: string): Generator<TextToken> {
  let depth = 0
  let atStart = true
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at)
    if (character === '\n') {
      at++
      if (depth > 0) continue
      yield { kind: 'end' }
      atStart = true
      continue
    }
    if (SPACE.test(character)) {
      if (atStart && character !== '\r') yield { kind: 'same-owner' }
      if (character !== '\r') atStart = false
      at++
      continue
    }
    atStart = false
    if (character === ';') {
      at = endOfLine(text, at)
    } else if (character === '(' || character === ')') {
      depth = Math.max(0, depth + (character === '(' ? 1 : -1))
      at++
    } else {
      const word = character === '"' ? quotedWord(text, at) : plainWord(text, at)
      if (word === undefined) return
      yield { kind: 'word', text: text.slice(word.from, word.to), quoted: character === '"' }
      at = word.next
    }
  }
}

type Word = { readonly from: number; readonly to: number; readonly next: number }

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function quotedWord(text: string, from: number): Word | undefined {
  for (let at = from + 1; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') at++
    else if (character === '"') return { from: from + 1, to: at, next: at + 1 }
  }
  return undefined
}

function plainWord(text: string, from: number): Word | undefined {
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') at++
    else if (WORD_END.test(character)) return { from, to: at, next: at }
  }
  return undefined
}
