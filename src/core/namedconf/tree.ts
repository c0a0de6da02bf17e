import type { Diagnostic } from '../base/index.ts'
import type { Source } from './source.ts'

/**
 * A file as it was written. Nodes are spans of the text, and own every byte of it: what lies between two
 * nodes is blanks and comments, and belongs to the node after it. Nothing is ever refused: what named would
 * refuse is in `diagnostics`, and in the tree all the same.
 */
export type ConfFile = {
  readonly kind: 'file'
  readonly source: Source
  readonly statements: readonly Statement[]
  /** In the order of the text, at most `DIAGNOSTICS_MAX`. */
  readonly diagnostics: readonly Diagnostic[]
}

/** A place in a source: UTF-16 units from its start; `end` is behind the last one. */
export type Span = { readonly source: Source; readonly start: number; readonly end: number }

/**
 * What stands up to a `;`: `recursion no;`, a whole `zone … { … };`, an element of a list such as
 * `!10.0.0.0/8;`.
 */
export type Statement = Span & {
  readonly kind: 'statement'
  /** Without the `;`. Empty for a `;` by itself, which named refuses. */
  readonly parts: readonly Part[]
  /** Whether its `;` is there; `end` is behind it then. */
  readonly terminated: boolean
}

export type Part = Token | Block

/**
 * A leaf. A `word` is bare, a `string` is in quotes (and has them in its span), a `mark` is `!`, `/` or a `}`
 * too many; `raw` is braces with text that is not named's language: what `plugin`, `dyndb` and
 * `dnsrps-options` pass on.
 */
export type Token = Span & { readonly kind: 'word' | 'string' | 'mark' | 'raw' }

/** Braces with statements in them. */
export type Block = Span & {
  readonly kind: 'block'
  readonly statements: readonly Statement[]
  /** Whether its `}` is there. */
  readonly closed: boolean
}
