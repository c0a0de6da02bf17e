import { JsonToken } from './json-token.ts'

/** Deeper nesting than any answer has; named's own has seven levels. */
const DEPTH_MAX = 64
/** The longest single name, text or number, in bytes; domain names print to at most 1,004. */
export const TOKEN_BYTES_MAX = 8 * 1024

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const BRACE_OPEN = 0x7b
const BRACE_CLOSE = 0x7d
const BRACKET_OPEN = 0x5b
const BRACKET_CLOSE = 0x5d
const ZERO = 0x30
const NINE = 0x39
const SPACE_MAX = 0x20
const LITERAL = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/

/** Why bytes are no JSON that may be read, in words that fit after "because". */
export type JsonProblem = 'it is no JSON' | 'it is nested too deeply' | 'one of its values is too long'

type Container = 'object' | 'array'

/** Told of every piece of a document as it comes; a token is only good until the call returns. */
export interface JsonVisitor {
  /** May read an object by itself that starts here, and says where it ends; nothing to be told of it piece by piece. */
  whole(bytes: Buffer, start: number): number | undefined
  open(kind: Container): void
  close(): void
  name(token: JsonToken): void
  text(token: JsonToken): void
  /** A number, or `true`, `false`, `null`. */
  literal(token: JsonToken): void
}

type Expectation = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'nothing'

/**
 * Reads JSON (RFC 8259), an object or an array, in pieces of any size, without keeping the document: of a piece only an
 * unfinished token waits for the next one. Control characters within a text, which the RFC forbids, are let through.
 */
export class JsonScanner {
  readonly #visitor: JsonVisitor
  readonly #token = new JsonToken()
  readonly #containers: Container[] = []
  #expected: Expectation = 'value'
  #rest: Buffer = Buffer.alloc(0)
  #problem: JsonProblem | undefined

  constructor(visitor: JsonVisitor) {
    this.#visitor = visitor
  }

  /** Whether one whole document has been read, and nothing but white space after it. */
  get complete(): boolean {
    return this.#problem === undefined && this.#expected === 'nothing' && this.#rest.length === 0
  }

  /** Reads on; the first problem stays, and nothing is read after it. */
  push(chunk: Buffer): JsonProblem | undefined {
    if (this.#problem !== undefined) return this.#problem
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const readTo = this.#scan(bytes)
    this.#rest = bytes.subarray(readTo)
    if (this.#rest.length > TOKEN_BYTES_MAX) this.#problem ??= 'one of its values is too long'
    return this.#problem
  }

  /** Reads all whole tokens, and says where the first unfinished one starts. */
  #scan(bytes: Buffer): number {
    const length = bytes.length
    let at = 0
    while (at < length && this.#problem === undefined) {
      const byte = bytes[at] as number
      if (byte <= SPACE_MAX) {
        at = endOfSpace(bytes, at + 1)
      } else if (byte === QUOTE) {
        const end = this.#findQuote(bytes, at + 1)
        if (end === length) return at
        this.#text(bytes, at + 1, end)
        at = end + 1
        // Nearly every name is followed by its colon at once.
        if (this.#expected === 'colon' && bytes[at] === COLON) {
          this.#expected = 'value'
          at++
        }
      } else if (isStructure(byte)) {
        const end = this.#readWhole(bytes, at)
        if (end === undefined) this.#structure(byte)
        at = end ?? at + 1
      } else {
        const end = endOfLiteral(bytes, at)
        if (this.#containers.length === 0) this.#problem ??= 'it is no JSON'
        if (end === length) return at
        this.#literal(bytes, at, end)
        at = end
      }
    }
    return at
  }

  /** The place of the closing quote, or the length where it has not come yet. */
  #findQuote(bytes: Buffer, start: number): number {
    const length = bytes.length
    let escaped = false
    let at = start
    for (; at < length; at++) {
      const byte = bytes[at]
      if (byte === QUOTE) break
      if (byte !== BACKSLASH) continue
      escaped = true
      at++
    }
    this.#token.escaped = escaped
    return Math.min(at, length)
  }

  #readWhole(bytes: Buffer, start: number): number | undefined {
    if (bytes[start] !== BRACE_OPEN || !this.#valueExpected) return undefined
    const end = this.#visitor.whole(bytes, start)
    if (end !== undefined) this.#afterValue()
    return end
  }

  #structure(byte: number): void {
    if (byte === BRACE_OPEN) this.#open('object')
    else if (byte === BRACKET_OPEN) this.#open('array')
    else if (byte === BRACE_CLOSE) this.#close('object', 'name or end')
    else if (byte === BRACKET_CLOSE) this.#close('array', 'value or end')
    else if (byte === COLON && this.#expected === 'colon') this.#expected = 'value'
    else if (byte === COMMA && this.#expected === 'comma or end') {
      this.#expected = this.#containers.at(-1) === 'object' ? 'name' : 'value'
    } else this.#problem ??= 'it is no JSON'
  }

  #open(kind: Container): void {
    if (!this.#valueExpected) this.#problem ??= 'it is no JSON'
    else if (this.#containers.length === DEPTH_MAX) this.#problem ??= 'it is nested too deeply'
    else {
      this.#containers.push(kind)
      this.#expected = kind === 'object' ? 'name or end' : 'value or end'
      this.#visitor.open(kind)
    }
  }

  #close(kind: Container, whenEmpty: Expectation): void {
    const endExpected = this.#expected === 'comma or end' || this.#expected === whenEmpty
    if (!endExpected || this.#containers.at(-1) !== kind) this.#problem ??= 'it is no JSON'
    else {
      this.#containers.pop()
      this.#afterValue()
      this.#visitor.close()
    }
  }

  #text(bytes: Buffer, start: number, end: number): void {
    const token = this.#place(bytes, start, end)
    if (this.#valueExpected) {
      this.#afterValue()
      this.#visitor.text(token)
    } else if (this.#expected === 'name' || this.#expected === 'name or end') {
      this.#expected = 'colon'
      this.#visitor.name(token)
    } else this.#problem ??= 'it is no JSON'
  }

  #literal(bytes: Buffer, start: number, end: number): void {
    if (!this.#valueExpected || !isLiteral(bytes, start, end)) this.#problem ??= 'it is no JSON'
    else {
      this.#token.escaped = false
      this.#afterValue()
      this.#visitor.literal(this.#place(bytes, start, end))
    }
  }

  get #valueExpected(): boolean {
    return this.#expected === 'value' || this.#expected === 'value or end'
  }

  #place(bytes: Buffer, start: number, end: number): JsonToken {
    this.#token.bytes = bytes
    this.#token.start = start
    this.#token.end = end
    return this.#token
  }

  #afterValue(): void {
    this.#expected = this.#containers.length === 0 ? 'nothing' : 'comma or end'
  }
}

function isStructure(byte: number): boolean {
  return (
    byte === COMMA ||
    byte === COLON ||
    byte === BRACE_OPEN ||
    byte === BRACE_CLOSE ||
    byte === BRACKET_OPEN ||
    byte === BRACKET_CLOSE
  )
}

/** named indents, so that a third of what it sends is spaces. */
function endOfSpace(bytes: Buffer, start: number): number {
  const length = bytes.length
  let at = start
  while (at < length && (bytes[at] as number) <= SPACE_MAX) at++
  return at
}

function endOfLiteral(bytes: Buffer, start: number): number {
  let at = start
  while (at < bytes.length) {
    const byte = bytes[at] as number
    if (byte <= SPACE_MAX || byte === QUOTE || isStructure(byte)) break
    at++
  }
  return at
}

/** Nearly every literal is a number of digits only; the others can afford the pattern. */
function isLiteral(bytes: Buffer, start: number, end: number): boolean {
  let at = start
  while (at < end && isDigit(bytes[at] as number)) at++
  if (at === end) return bytes[start] !== ZERO || end - start === 1
  return LITERAL.test(bytes.toString('latin1', start, end))
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE
}
