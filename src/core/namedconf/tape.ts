import { invariant } from '../base/index.ts'
import { grow } from './grow.ts'
import type { Source } from './source.ts'
import type { Stack } from './stack.ts'
import type { Block, Part, Statement, Token } from './tree.ts'

/** Table: kinds of nodes by their number on the tape. */
const KINDS = ['word', 'string', 'mark', 'raw', 'block', 'statement'] as const
const KIND_NUMBERS = { word: 0, string: 1, mark: 2, raw: 3, block: 4, statement: 5 } as const
/** Set in the number of a statement with its `;`, and of a block with its `}`. */
const COMPLETE = 0x80
const NONE = new Int32Array(0)
/**
 * A node takes no fewer characters than this on average, as a rule; a text that is denser makes the tape
 * grow.
 */
const NODE_CHARS = 8

export type NodeKind = (typeof KINDS)[number]

/** A node that has children: a statement with its parts, or a block with its statements. */
export type Branch = {
  readonly kind: 'block' | 'statement'
  readonly start: number
  readonly end: number
  /** Whether the `;` or `}` that ends it is there. */
  readonly complete: boolean
  /** Numbers of the children, in order, as the innermost list. */
  readonly children: Stack
}

/**
 * The nodes of one text, as rows of numbers. A configuration of 20,000 zones has a million nodes, of which a
 * reader looks at a few, so objects are made of them when they are first asked for.
 */
export class Tape {
  readonly #source: Source
  #kinds: Uint8Array
  #starts: Int32Array
  #ends: Int32Array
  /** Where a node's children are in `#children`; the next node's children begin behind them. */
  #firstChildren: Int32Array
  #children: Int32Array
  #nodeCount = 0
  #childCount = 0

  constructor(source: Source) {
    const capacity = Math.ceil(source.text.length / NODE_CHARS) + 1
    this.#source = source
    this.#kinds = new Uint8Array(capacity)
    this.#starts = new Int32Array(capacity)
    this.#ends = new Int32Array(capacity)
    this.#firstChildren = new Int32Array(capacity)
    this.#children = new Int32Array(capacity)
  }

  /** Adds a node without children, and gives its number. */
  addToken(kind: Token['kind'], start: number, end: number): number {
    return this.#add(KIND_NUMBERS[kind], start, end)
  }

  /** Adds a node with children, and gives its number. */
  addBranch(branch: Branch): number {
    const complete = branch.complete ? COMPLETE : 0
    const node = this.#add(KIND_NUMBERS[branch.kind] | complete, branch.start, branch.end)
    const { children } = branch
    for (let index = 0; index < children.size; index++) {
      if (this.#childCount === this.#children.length) this.#children = grow(this.#children)
      this.#children[this.#childCount++] = children.at(index) as number
    }
    return node
  }

  kind(node: number): NodeKind {
    const kind = KINDS[(this.#kinds[node] ?? 0) & ~COMPLETE]
    invariant(kind !== undefined, 'a node on the tape has a kind')
    return kind
  }

  start(node: number): number {
    return this.#starts[node] ?? 0
  }

  end(node: number): number {
    return this.#ends[node] ?? 0
  }

  statementsOf(block: number): readonly Statement[] {
    return Array.from(this.#childrenOf(block), node => new TapeStatement(this, node))
  }

  partsOf(statement: number): readonly Part[] {
    return Array.from(this.#childrenOf(statement), node => this.#part(node))
  }

  isComplete(node: number): boolean {
    return ((this.#kinds[node] ?? 0) & COMPLETE) !== 0
  }

  get source(): Source {
    return this.#source
  }

  #part(node: number): Part {
    const kind = this.kind(node)
    if (kind === 'block') return new TapeBlock(this, node)
    invariant(kind !== 'statement', 'a statement stands in a block')
    return { kind, source: this.#source, start: this.start(node), end: this.end(node) }
  }

  #childrenOf(node: number): Int32Array {
    const from = this.#firstChildren[node] ?? 0
    const to = node + 1 < this.#nodeCount ? this.#firstChildren[node + 1] : this.#childCount
    return from === to ? NONE : this.#children.subarray(from, to)
  }

  #add(kind: number, start: number, end: number): number {
    const node = this.#nodeCount++
    if (node === this.#starts.length) this.#makeRoom()
    this.#kinds[node] = kind
    this.#starts[node] = start
    this.#ends[node] = end
    this.#firstChildren[node] = this.#childCount
    return node
  }

  #makeRoom(): void {
    this.#kinds = grow(this.#kinds)
    this.#starts = grow(this.#starts)
    this.#ends = grow(this.#ends)
    this.#firstChildren = grow(this.#firstChildren)
  }
}

class TapeStatement implements Statement {
  readonly kind = 'statement'
  readonly source: Source
  readonly start: number
  readonly end: number
  readonly terminated: boolean
  readonly #tape: Tape
  readonly #node: number
  #parts: readonly Part[] | undefined = undefined

  constructor(tape: Tape, node: number) {
    this.source = tape.source
    this.start = tape.start(node)
    this.end = tape.end(node)
    this.terminated = tape.isComplete(node)
    this.#tape = tape
    this.#node = node
  }

  get parts(): readonly Part[] {
    this.#parts ??= this.#tape.partsOf(this.#node)
    return this.#parts
  }
}

class TapeBlock implements Block {
  readonly kind = 'block'
  readonly source: Source
  readonly start: number
  readonly end: number
  readonly closed: boolean
  readonly #tape: Tape
  readonly #node: number
  #statements: readonly Statement[] | undefined = undefined

  constructor(tape: Tape, node: number) {
    this.source = tape.source
    this.start = tape.start(node)
    this.end = tape.end(node)
    this.closed = tape.isComplete(node)
    this.#tape = tape
    this.#node = node
  }

  get statements(): readonly Statement[] {
    this.#statements ??= this.#tape.statementsOf(this.#node)
    return this.#statements
  }
}
