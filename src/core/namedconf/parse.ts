import { type Context, endsWithBraces, holdsOptions, isMisplaced } from './context.ts'
import { DIAGNOSTICS_MAX, type Finding, placeFindings } from './diagnose.ts'
import { findAt, findFault } from './findings.ts'
import { Scanner, type StringEnd } from './scanner.ts'
import { SINGLE_VALUES } from './single-values.ts'
import type { Source } from './source.ts'
import type { ConfFile, Part } from './tree.ts'
import { TreeBuilder } from './tree-builder.ts'

/**
 * How deeply braces may be nested; what is deeper is kept, unread. No configuration made by people comes
 * near.
 */
export const BLOCK_DEPTH_MAX = 100

const BYTE_ORDER_MARK = '\ufeff'
/** Statements whose braces hold the language of someone else, and an option that does. */
const RAW_STATEMENTS: ReadonlySet<string> = new Set(['plugin', 'dyndb'])
const RAW_OPTION = 'dnsrps-options'

/**
 * Reads any text at all as named.conf. Errors are in `diagnostics`, and reading goes on after each: a `;` or
 * `}` is taken to be forgotten where named's grammar proves it. Time and memory are proportional to the text.
 *
 * Each file is read by itself. named splices included files into one stream of tokens, so that a block may
 * begin in one file and end in another; such files have diagnostics here.
 *
 * @param text as `decodeConf` gives it, so that any byte survives
 * @param name the file's name, for messages
 */
export function parse(text: string, name = 'named.conf'): ConfFile {
  const source = { name, text }
  const parser = new Parser(source, 'quote')
  const file = parser.read()
  if (file.diagnostics.length === 0 || !parser.crossesLines) return file
  // A lost quote turns all strings after it inside out. It is lost for certain when the text ends within a
  // string, and most likely when ending all strings with their lines leaves no other error.
  const byLines = new Parser(source, 'line').read()
  return parser.endsInString || byLines.diagnostics.every(isLostQuote) ? byLines : file
}

function isLostQuote({ code }: { readonly code: string }): boolean {
  return code === 'namedconf.unterminated-string'
}

class Parser {
  /** The text ends within a string. */
  endsInString = false
  readonly #source: Source
  readonly #scanner: Scanner
  readonly #tree: TreeBuilder
  readonly #findings: Finding[] = []
  /** The text ends within a string or a comment, so what is missing at its end is no news. */
  #cutOff = false

  constructor(source: Source, stringEnd: StringEnd) {
    this.#source = source
    this.#scanner = new Scanner(source.text, stringEnd)
    this.#tree = new TreeBuilder(source)
  }

  /** Some string goes on in the next line. */
  get crossesLines(): boolean {
    return this.#scanner.crossesLines
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
    const statements = this.#tree.finish()
    const diagnostics = placeFindings(this.#source, this.#findings)
    return { kind: 'file', source: this.#source, statements, diagnostics }
  }

  #take(): void {
    const { kind, start, end } = this.#scanner
    switch (kind) {
      case 'word':
      case 'string':
      case 'mark':
        this.#makeWay(kind)
        this.#tree.addToken(kind, start, end)
        return
      case 'open':
        this.#makeWay('block')
        this.#takeOpening()
        return
      case 'close':
        if (this.#tree.depth > 0) this.#takeClosing()
        else this.#takeExtraBrace()
        return
      case 'semicolon':
        this.#takeSemicolon()
        return
      case 'end':
        this.#takeEnd()
    }
  }

  /** Ends the statement, and the braces, that the next part can't belong to. */
  #makeWay(kind: Part['kind']): void {
    const tree = this.#tree
    const { context } = tree
    if (tree.size === 0) {
      if (holdsOptions(context) && kind !== 'word') this.#reportNoKeyword()
    } else if (tree.isExtraBrace) {
      tree.endStatement()
      this.#makeWay(kind)
    } else if (tree.size === 1) {
      if (this.#isOutside(context, kind)) this.#leaveForgottenBraces()
    } else if (holdsOptions(context) && this.#isComplete(context)) {
      this.#endUnterminated()
      this.#makeWay(kind)
    }
  }

  /** Whether the first word proves that the braces it stands in should have been closed before it. */
  #isOutside(context: Context, second: Part['kind']): boolean {
    if (this.#tree.depth === 0) return false
    // In a list, a lone word may be a name of someone's choosing.
    if (context === 'list' && second !== 'string' && second !== 'block') return false
    return isMisplaced(context, this.#tree.keyword)
  }

  #leaveForgottenBraces(): void {
    const tree = this.#tree
    const { keyword } = tree
    tree.moveOut(() => {
      if (!isMisplaced(tree.context, keyword)) return false
      this.#reportUnclosed(tree.opening)
      return true
    })
  }

  /** Whether named would take nothing but a `;` after the parts there are. */
  #isComplete(context: Context): boolean {
    const tree = this.#tree
    if (tree.lastKind === 'block') return endsWithBraces(context, tree.keyword)
    return context !== 'top' && tree.size === 2 && SINGLE_VALUES.has(tree.keyword)
  }

  #takeOpening(): void {
    const tree = this.#tree
    const scanner = this.#scanner
    const { start } = scanner
    const keyword = holdsOptions(tree.context) ? tree.keyword : ''
    if (RAW_STATEMENTS.has(keyword) || tree.lastWord === RAW_OPTION) {
      if (!scanner.takeBraced()) this.#reportUnclosed(start)
      tree.addToken('raw', start, scanner.end)
    } else if (tree.depth === BLOCK_DEPTH_MAX) {
      this.#report(findAt('namedconf.too-deep', start, `More than ${BLOCK_DEPTH_MAX} braces are open here.`))
      this.#skipBlock()
      tree.addToken('raw', start, scanner.end)
    } else {
      tree.openBlock(start, keyword)
    }
  }

  /** Goes on to the `}` that closes the `{` the scanner stands on. */
  #skipBlock(): void {
    const scanner = this.#scanner
    for (let depth = 1; depth > 0; ) {
      scanner.next()
      this.#noteFault()
      if (scanner.kind === 'open') depth++
      if (scanner.kind === 'close') depth--
      if (scanner.kind === 'end') return
    }
  }

  #takeClosing(): void {
    if (this.#tree.size > 0) this.#endUnterminated()
    this.#tree.closeBlock(this.#scanner.end)
  }

  #takeExtraBrace(): void {
    const { start, end } = this.#scanner
    if (this.#tree.isExtraBrace) this.#tree.endStatement()
    else if (this.#tree.size > 0) this.#endUnterminated()
    this.#report(findAt('namedconf.extra-brace', start, 'This "}" closes nothing.'))
    this.#tree.addToken('mark', start, end)
  }

  #takeSemicolon(): void {
    const { start } = this.#scanner
    if (this.#tree.size === 0) {
      this.#report(findAt('namedconf.empty-statement', start, 'There is no statement before this ";".'))
    }
    this.#tree.endStatementAt(start)
  }

  #takeEnd(): void {
    const tree = this.#tree
    if (tree.isExtraBrace) tree.endStatement()
    else if (tree.size > 0) this.#endUnterminated()
    while (tree.depth > 0) {
      this.#reportUnclosed(tree.opening)
      tree.leaveBlock()
    }
  }

  #endUnterminated(): void {
    if (!this.#cutOff) {
      const message = 'There is no ";" at the end of this statement.'
      this.#report(findAt('namedconf.missing-semicolon', this.#tree.lastEnd, message))
    }
    this.#tree.endStatement()
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
      const { length } = this.#source.text
      this.#findings.push(findAt('namedconf.more-errors', length, 'There are more errors.'))
    }
  }
}
