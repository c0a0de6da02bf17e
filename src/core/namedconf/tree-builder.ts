import { invariant } from '../base/index.ts'
import { type Context, contextWithin } from './context.ts'
import { lowerCase } from './read.ts'
import type { Source } from './source.ts'
import { Stack } from './stack.ts'
import { type NodeKind, Tape } from './tape.ts'
import type { Statement, Token } from './tree.ts'

const CLOSE = 0x7d

/**
 * The tree while it grows: at every level of braces, the statement being read and the statements before it.
 * It decides nothing; what ends where is its caller's business.
 */
export class TreeBuilder {
  readonly #source: Source
  readonly #tape: Tape
  /** What holds the statements being read, outermost first; all but the first have a `{` in `#openings`. */
  readonly #contexts: Context[] = ['top']
  readonly #openings: number[] = []
  readonly #parts = new Stack()
  readonly #statements = new Stack()

  constructor(source: Source) {
    this.#source = source
    this.#tape = new Tape(source)
  }

  /** How many braces are open. */
  get depth(): number {
    return this.#openings.length
  }

  /** What the innermost braces hold. */
  get context(): Context {
    return this.#contexts[this.#contexts.length - 1] ?? 'top'
  }

  /** Offset of the innermost `{` that is open. */
  get opening(): number {
    const opening = this.#openings[this.#openings.length - 1]
    invariant(opening !== undefined, 'braces are open')
    return opening
  }

  /** How many parts the statement being read has. */
  get size(): number {
    return this.#parts.size
  }

  /** The first word of the statement being read, in lower case; empty when it begins with something else. */
  get keyword(): string {
    return this.#word(this.#parts.at(0))
  }

  /**
   * The last part of the statement being read when it is a word, in lower case; empty when it is something
   * else.
   */
  get lastWord(): string {
    return this.#word(this.#parts.last)
  }

  get lastKind(): NodeKind | undefined {
    const { last } = this.#parts
    return last === undefined ? undefined : this.#tape.kind(last)
  }

  /**
   * Where the last part of the statement being read ends; where the last statement before it does when it has
   * none.
   */
  get lastEnd(): number {
    const last = this.#parts.last ?? this.#statements.last
    if (last !== undefined) return this.#tape.end(last)
    return this.depth === 0 ? 0 : this.opening + 1
  }

  /** Whether the statement being read is a `}` that closes nothing. */
  get isExtraBrace(): boolean {
    const first = this.#parts.at(0)
    if (first === undefined || this.#tape.kind(first) !== 'mark') return false
    return this.#source.text.charCodeAt(this.#tape.start(first)) === CLOSE
  }

  addToken(kind: Token['kind'], start: number, end: number): void {
    this.#parts.push(this.#tape.addToken(kind, start, end))
  }

  /** Begins a block with the `{` at `start`; `keyword` is that of its statement. */
  openBlock(start: number, keyword: string): void {
    this.#contexts.push(contextWithin(this.context, keyword))
    this.#openings.push(start)
    this.#parts.enter()
    this.#statements.enter()
  }

  /** Ends the innermost block behind its `}`. */
  closeBlock(end: number): void {
    this.#endBlock(end, 'closed')
  }

  /** Ends the innermost block, and its statement, where its last statement ends. */
  leaveBlock(): void {
    this.#endBlock(this.lastEnd, 'unclosed')
    this.endStatement()
  }

  /** Ends the statement being read behind its last part. */
  endStatement(): void {
    const first = this.#parts.at(0)
    invariant(first !== undefined, 'a statement without its semicolon has a part')
    this.#endStatement({ start: this.#tape.start(first), end: this.lastEnd, complete: false })
  }

  /** Ends the statement being read behind the `;` at `semicolon`. */
  endStatementAt(semicolon: number): void {
    const first = this.#parts.at(0)
    const start = first === undefined ? semicolon : this.#tape.start(first)
    this.#endStatement({ start, end: semicolon + 1, complete: true })
  }

  /**
   * Ends as many of the innermost blocks as `each` says yes to, and takes the one part of the statement being
   * read out of them.
   */
  moveOut(each: () => boolean): void {
    const part = this.#parts.at(0)
    invariant(part !== undefined && this.size === 1, 'one part is moved')
    this.#parts.clear()
    while (this.depth > 0 && each()) this.leaveBlock()
    this.#parts.push(part)
  }

  /** The statements of the text, once no block is open. */
  finish(): readonly Statement[] {
    const end = this.#source.text.length
    const children = this.#statements
    return this.#tape.statementsOf(
      this.#tape.addBranch({ kind: 'block', start: 0, end, complete: true, children }),
    )
  }

  #endBlock(end: number, ending: 'closed' | 'unclosed'): void {
    const start = this.opening
    const complete = ending === 'closed'
    const children = this.#statements
    const block = this.#tape.addBranch({ kind: 'block', start, end, complete, children })
    this.#openings.pop()
    this.#contexts.pop()
    this.#statements.leave()
    this.#parts.leave()
    this.#parts.push(block)
  }

  #endStatement(span: { readonly start: number; readonly end: number; readonly complete: boolean }): void {
    const { start, end, complete } = span
    const children = this.#parts
    this.#statements.push(this.#tape.addBranch({ kind: 'statement', start, end, complete, children }))
    children.clear()
  }

  #word(node: number | undefined): string {
    if (node === undefined || this.#tape.kind(node) !== 'word') return ''
    return lowerCase(this.#source.text.slice(this.#tape.start(node), this.#tape.end(node)))
  }
}
