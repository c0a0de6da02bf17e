/**
 * What a token is. `mark` is a `!` or a `/`; `end` is the end of the text, which any number of calls may
 * reach.
 */
export type ScannedKind = 'word' | 'string' | 'mark' | 'open' | 'close' | 'semicolon' | 'end'

/** What can be wrong with a token or with what stands before it. */
export type ScanFault = 'unterminated-string' | 'unterminated-comment'

/**
 * Where a string ends: at its closing quote, as for named, or at the end of its line too, to recover from a
 * lost quote.
 */
export type StringEnd = 'quote' | 'line'

const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const EXCLAMATION = 0x21
const QUOTE = 0x22
const HASH = 0x23
const ASTERISK = 0x2a
const SLASH = 0x2f
const SEMICOLON = 0x3b
const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d

/** 1 for each character below 128 that ends a word. */
const ENDS_WORD = new Uint8Array(128)
for (const code of [
  TAB,
  LINE_FEED,
  CARRIAGE_RETURN,
  SPACE,
  EXCLAMATION,
  QUOTE,
  HASH,
  SLASH,
  SEMICOLON,
  OPEN,
  CLOSE,
]) {
  ENDS_WORD[code] = 1
}

/**
 * Cuts a text into tokens as BIND's lexer does (lib/isc/lex.c, with the settings of lib/isccfg/parser.c). It
 * holds one token at a time, in its fields, and allocates nothing. What lies between two tokens is trivia:
 * blanks and comments.
 *
 * What may surprise: only space, tab, CR and LF are blank, so a form feed is part of a word; strings may run
 * over lines; `10.0.0.0/8` is three tokens; in a word, a backslash and `=` are nothing special.
 */
export class Scanner {
  kind: ScannedKind = 'end'
  /** Offset of the token. */
  start = 0
  /** Offset behind it. */
  end = 0
  fault: ScanFault | undefined = undefined
  /** Where the fault begins. */
  faultStart = 0
  /** A string seen so far goes on in the next line. */
  crossesLines = false
  readonly #text: string
  readonly #stringEnd: StringEnd

  constructor(text: string, stringEnd: StringEnd) {
    this.#text = text
    this.#stringEnd = stringEnd
  }

  /** Moves to the next token. */
  next(): void {
    this.fault = undefined
    const text = this.#text
    const at = this.#skipTrivia()
    this.start = at
    if (at >= text.length) {
      this.kind = 'end'
      this.end = at
      return
    }
    switch (text.charCodeAt(at)) {
      case QUOTE:
        this.kind = 'string'
        this.end = this.#stringFrom(at)
        return
      case OPEN:
        this.#single('open')
        return
      case CLOSE:
        this.#single('close')
        return
      case SEMICOLON:
        this.#single('semicolon')
        return
      case EXCLAMATION:
      case SLASH:
        this.#single('mark')
        return
      default:
        this.kind = 'word'
        this.end = this.#wordFrom(at)
    }
  }

  /**
   * Standing on a `{`, takes all up to its `}` as one token, as named reads the text it hands to a plugin:
   * braces are counted, comments and quotes are not seen, and `\{` and `\}` do not count. False when the text
   * ends first.
   */
  takeBraced(): boolean {
    const text = this.#text
    let depth = 0
    for (let at = this.start; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === BACKSLASH) at++
      else if (code === OPEN) depth++
      else if (code === CLOSE && --depth === 0) {
        this.end = at + 1
        return true
      }
    }
    this.end = text.length
    return false
  }

  #single(kind: ScannedKind): void {
    this.kind = kind
    this.end = this.start + 1
  }

  #wordFrom(start: number): number {
    const text = this.#text
    let at = start + 1
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code < 128 && ENDS_WORD[code] === 1) break
    }
    return at
  }

  #stringFrom(start: number): number {
    const text = this.#text
    for (let at = start + 1; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === QUOTE) return at + 1
      if (code === LINE_FEED) {
        if (this.#stringEnd === 'line') return this.#cutString(start, at)
        this.crossesLines = true
      }
      if (code === BACKSLASH) at++
    }
    return this.#cutString(start, text.length)
  }

  /** The lost quote was most likely meant to stand before the `;` or `}` that end the line. */
  #cutString(start: number, lineEnd: number): number {
    this.fault = 'unterminated-string'
    this.faultStart = start
    this.crossesLines = true
    if (this.#stringEnd === 'quote') return lineEnd
    let end = lineEnd
    while (end > start + 1 && isCutOff(this.#text.charCodeAt(end - 1))) end--
    return end
  }

  #skipTrivia(): number {
    const text = this.#text
    const length = text.length
    let at = this.end
    for (; at < length; at++) {
      const code = text.charCodeAt(at)
      if (code === SPACE || code === TAB || code === LINE_FEED || code === CARRIAGE_RETURN) continue
      if (code === HASH) {
        at = this.#lineEnd(at)
      } else if (code === SLASH) {
        const second = text.charCodeAt(at + 1)
        if (second === SLASH) at = this.#lineEnd(at)
        else if (second === ASTERISK) at = this.#commentEnd(at)
        else return at
      } else return at
    }
    return length
  }

  /** Offset of the line feed that ends a comment, or of the end of the text. */
  #lineEnd(start: number): number {
    const end = this.#text.indexOf('\n', start)
    return end === -1 ? this.#text.length : end
  }

  /**
   * Offset of the last character of a comment. When a comment touches the word before it, BIND's lexer ends
   * the word at the comment's final `/` and then reads that `/` again: `10/*x*` + `/8` is `10 / 8`. It is not
   * ours to fix.
   */
  #commentEnd(start: number): number {
    const close = this.#text.indexOf('*/', start + 2)
    if (close === -1) {
      this.fault = 'unterminated-comment'
      this.faultStart = start
      return this.#text.length
    }
    return this.kind === 'word' && start === this.end ? close : close + 1
  }
}

function isCutOff(code: number): boolean {
  return code === SEMICOLON || code === CLOSE || code === SPACE || code === TAB || code === CARRIAGE_RETURN
}
