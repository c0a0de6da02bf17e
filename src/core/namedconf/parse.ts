import { invariant } from '../base/index.ts'
import { type Context, contextWithin, endsWithBraces, holdsOptions, isMisplaced } from './context.ts'
import { DIAGNOSTICS_MAX, type Finding, placeFindings } from './diagnose.ts'
import { findAt, findFault } from './findings.ts'
import { lowerCase } from './read.ts'
import { Scanner, type StringEnd } from './scanner.ts'
import { SINGLE_VALUES } from './single-values.ts'
import type { Source } from './source.ts'
import { Stack } from './stack.ts'
import { Tape } from './tape.ts'
import type { ConfFile, Part, Token } from './tree.ts'

/** How deeply braces may be nested; what is deeper is kept, unread. No configuration made by people comes near. */
export const BLOCK_DEPTH_MAX = 100

const CLOSE = 0x7d
const BYTE_ORDER_MARK = '\ufeff'
/** Statements whose braces hold the language of someone else. */
const RAW_STATEMENTS: ReadonlySet<string> = new Set(['plugin', 'dyndb'])
const RAW_OPTION = 'dnsrps-options'

/**
 * Reads any text at all as named.conf. Errors are in `diagnostics`, and reading goes on after each: a `;` or `}` is taken to be
 * forgotten where named's grammar proves it. Time and memory are proportional to the text.
 *
 * Each file is read by itself. named splices included files into one stream of tokens, so that a block may begin in one file and
 * end in another; such files have diagnostics here.
 *
 * @param text as `decodeConf` gives it, so that any byte survives
 * @param name the file's name, for messages
 */
export function parse(text: string, name = 'named.conf'): ConfFile {
  const source = { name, text }
  const parser = new Parser(source, 'quote')
  const file = parser.read()
  // A lost quote turns all strings after it inside out, so the text is read again with strings that end with their lines.
  return parser.endsInString ? new Parser(source, 'line').read() : file
}

class Parser {
  endsInString = false
  readonly #source: Source
  readonly #scanner: Scanner
  readonly #tape: Tape
  readonly #findings: Finding[] = []
  /** What holds the statements being read, outermost first. */
  readonly #contexts: Context[] = ['top']
  /** Offsets of the `{` that are open. */
  readonly #openings: number[] = []
  /** For each open brace, the parts of the statement being read, and the statements before it. */
  readonly #parts = new Stack()
  readonly #statements = new Stack()
  /** The text ends within a string or a comment, so what is missing at its end is no news. */
  #cutOff = false

  constructor(source: Source, stringEnd: StringEnd) {
    this.#source = source
    this.#scanner = new Scanner(source.text, stringEnd)
    this.#tape = new Tape(source)
  }

  read(): ConfFile {
    const scanner = this.#scanner
    if (this.#source.text.startsWith(BYTE_ORDER_MARK)) {
      this.#report(findAt('namedconf.byte-order-mark', 0, 'The file begins with a byte order mark.'))
    }
    do {
      scanner.next()
      this.#noteFault()
      this.#take()
    } while (scanner.kind !== 'end')
    const children = this.#statements
    const end = this.#source.text.length
    const root = this.#tape.addBranch({ kind: 'block', start: 0, end, complete: true, children })
    const statements = this.#tape.statementsOf(root)
    const diagnostics = placeFindings(this.#source, this.#findings)
    return { kind: 'file', source: this.#source, statements, diagnostics }
  }

  #take(): void {
    const scanner = this.#scanner
    switch (scanner.kind) {
      case 'word':
      case 'string':
      case 'mark':
        this.#makeWay(scanner.kind)
        this.#pushToken(scanner.kind)
        return
      case 'open':
        this.#makeWay('block')
        this.#open()
        return
      case 'close':
        if (this.#openings.length > 0) this.#close()
        else this.#takeExtraBrace()
        return
      case 'semicolon':
        this.#takeSemicolon()
        return
      case 'end':
        this.#endText()
    }
  }

  #takeSemicolon(): void {
    const { start, end } = this.#scanner
    if (this.#parts.size === 0) {
      this.#report(findAt('namedconf.empty-statement', start, 'There is no statement before this ";".'))
    }
    this.#endStatement(end)
  }

  /** Ends the statement, and the braces, that the next part can't belong to. */
  #makeWay(kind: Part['kind']): void {
    const context = this.#context
    if (this.#parts.size === 0) {
      if (holdsOptions(context) && kind !== 'word') this.#reportNoKeyword()
    } else if (this.#isExtraBrace()) {
      this.#endStatement(this.#lastEnd)
      this.#makeWay(kind)
    } else if (this.#parts.size === 1) {
      if (this.#isOutside(context, kind)) this.#leaveForgottenBraces()
    } else if (holdsOptions(context) && this.#isComplete(context)) {
      this.#endUnterminated()
      this.#makeWay(kind)
    }
  }

  /** Whether the first word proves that the braces it stands in should have been closed before it. */
  #isOutside(context: Context, second: Part['kind']): boolean {
    if (this.#openings.length === 0) return false
    // In a list, a lone word may be a name of someone's choosing.
    if (context === 'list' && second !== 'string' && second !== 'block') return false
    return isMisplaced(context, this.#keyword)
  }

  #leaveForgottenBraces(): void {
    const keyword = this.#keyword
    const first = this.#parts.at(0)
    invariant(first !== undefined, 'a misplaced statement begins with its keyword')
    this.#parts.clear()
    while (this.#openings.length > 0 && isMisplaced(this.#context, keyword)) {
      this.#leaveUnclosed()
      this.#endStatement(this.#lastEnd)
    }
    this.#parts.push(first)
  }

  /** Whether named would take nothing but a `;` after the parts there are. */
  #isComplete(context: Context): boolean {
    const { last } = this.#parts
    if (last !== undefined && this.#tape.kind(last) === 'block') return endsWithBraces(context, this.#keyword)
    return context !== 'top' && this.#parts.size === 2 && SINGLE_VALUES.has(this.#keyword)
  }

  #open(): void {
    const keyword = holdsOptions(this.#context) ? this.#keyword : ''
    if (this.#takesRawText(keyword)) {
      if (!this.#scanner.takeBraced()) this.#reportUnclosed(this.#scanner.start)
      this.#pushToken('raw')
    } else if (this.#openings.length === BLOCK_DEPTH_MAX) {
      this.#takeTooDeep()
    } else {
      this.#contexts.push(contextWithin(this.#context, keyword))
      this.#openings.push(this.#scanner.start)
      this.#parts.enter()
      this.#statements.enter()
    }
  }

  #takesRawText(keyword: string): boolean {
    if (RAW_STATEMENTS.has(keyword)) return true
    const { last } = this.#parts
    return (
      last !== undefined &&
      this.#lastEnd - this.#tape.start(last) === RAW_OPTION.length &&
      this.#word(last) === RAW_OPTION
    )
  }

  #takeTooDeep(): void {
    const scanner = this.#scanner
    const { start } = scanner
    this.#report(findAt('namedconf.too-deep', start, `More than ${BLOCK_DEPTH_MAX} braces are open here.`))
    for (let depth = 1; depth > 0; ) {
      scanner.next()
      this.#noteFault()
      if (scanner.kind === 'open') depth++
      if (scanner.kind === 'close') depth--
      if (scanner.kind === 'end') break
    }
    this.#parts.push(this.#tape.addToken('raw', start, scanner.end))
  }

  #close(): void {
    if (this.#parts.size > 0) this.#endUnterminated()
    this.#leave({ end: this.#scanner.end, complete: true })
  }

  #leaveUnclosed(): void {
    const start = this.#openings.at(-1)
    invariant(start !== undefined, 'braces that are left are open')
    this.#reportUnclosed(start)
    const { last } = this.#statements
    this.#leave({ end: last === undefined ? start + 1 : this.#tape.end(last), complete: false })
  }

  #leave(ending: { readonly end: number; readonly complete: boolean }): void {
    const start = this.#openings.pop()
    invariant(start !== undefined, 'braces that are left are open')
    this.#contexts.pop()
    const { end, complete } = ending
    const children = this.#statements
    const block = this.#tape.addBranch({ kind: 'block', start, end, complete, children })
    this.#statements.leave()
    this.#parts.leave()
    this.#parts.push(block)
  }

  #takeExtraBrace(): void {
    if (this.#parts.size > 0) {
      if (this.#isExtraBrace()) this.#endStatement(this.#lastEnd)
      else this.#endUnterminated()
    }
    this.#report(findAt('namedconf.extra-brace', this.#scanner.start, 'This "}" closes nothing.'))
    this.#pushToken('mark')
  }

  #isExtraBrace(): boolean {
    const first = this.#parts.at(0)
    if (first === undefined || this.#tape.kind(first) !== 'mark') return false
    return this.#source.text.charCodeAt(this.#tape.start(first)) === CLOSE
  }

  #endText(): void {
    if (this.#parts.size > 0 && !this.#isExtraBrace()) this.#endUnterminated()
    while (this.#openings.length > 0) {
      this.#leaveUnclosed()
      this.#endStatement(this.#lastEnd)
    }
    if (this.#parts.size > 0) this.#endStatement(this.#lastEnd)
  }

  #endUnterminated(): void {
    if (!this.#cutOff) {
      const message = 'There is no ";" at the end of this statement.'
      this.#report(findAt('namedconf.missing-semicolon', this.#lastEnd, message))
    }
    this.#endStatement(this.#lastEnd)
  }

  /** Makes a statement of the parts there are; `end` is behind its `;`, or behind its last part where it has none. */
  #endStatement(end: number): void {
    const complete = end > this.#lastEnd || this.#parts.size === 0
    const first = this.#parts.at(0)
    const start = first === undefined ? this.#scanner.start : this.#tape.start(first)
    const children = this.#parts
    this.#statements.push(this.#tape.addBranch({ kind: 'statement', start, end, complete, children }))
    children.clear()
  }

  #noteFault(): void {
    const { fault, faultStart } = this.#scanner
    if (fault === undefined) return
    this.#report(findFault(fault, faultStart))
    if (this.#scanner.end < this.#source.text.length) return
    this.#cutOff = true
    this.endsInString = fault === 'unterminated-string'
  }

  #reportNoKeyword(): void {
    const message = 'A statement begins with the bare name of an option, and this one does not.'
    this.#report(findAt('namedconf.no-keyword', this.#scanner.start, message))
  }

  #reportUnclosed(start: number): void {
    if (!this.#cutOff) this.#report(findAt('namedconf.missing-brace', start, 'This "{" has no "}".'))
  }

  #report(finding: Finding): void {
    if (this.#findings.length < DIAGNOSTICS_MAX - 1) {
      this.#findings.push(finding)
    } else if (this.#findings.length < DIAGNOSTICS_MAX) {
      this.#findings.push({ ...finding, code: 'namedconf.more-errors', message: 'There are more errors.' })
    }
  }

  #pushToken(kind: Token['kind']): void {
    const { start, end } = this.#scanner
    this.#parts.push(this.#tape.addToken(kind, start, end))
  }

  get #context(): Context {
    return this.#contexts[this.#contexts.length - 1] ?? 'top'
  }

  /** The statement's first word in lower case, empty when it begins with something else. */
  get #keyword(): string {
    const first = this.#parts.at(0)
    return first === undefined ? '' : this.#word(first)
  }

  #word(node: number): string {
    if (this.#tape.kind(node) !== 'word') return ''
    return lowerCase(this.#source.text.slice(this.#tape.start(node), this.#tape.end(node)))
  }

  /** Where the last part of the statement being read ends. */
  get #lastEnd(): number {
    const { last } = this.#parts
    return last === undefined ? this.#scanner.start : this.#tape.end(last)
  }
}
