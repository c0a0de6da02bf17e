/**
 * A small file with what it held before, so that the undo needs nobody's memory. A `named.conf` may hold the keys of
 * the base it is made of: plans are written for their owner alone.
 */
export type FileChange = {
  readonly path: string
  readonly mode: number
  readonly content: string
  /** Nothing where there was no file. */
  readonly before: string | undefined
  /** Left out where only `before` may be replaced; `anything` where nobody knows what a lost run has left there. */
  readonly replaces?: 'anything' | undefined
}

/** A file that may be large or secret: the plan names it, the server keeps it. */
export type StagedFile = {
  readonly path: string
  readonly mode: number
  /** SHA-256 (hex) of the new content; nothing when the file is to go. */
  readonly digest: string | undefined
  /** SHA-256 (hex) of the content before; nothing where there was no file. */
  readonly digestBefore: string | undefined
}
