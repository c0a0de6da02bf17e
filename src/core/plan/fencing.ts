import type { FenceRecord } from '../snapshot/index.ts'
import type { FileChange } from './file-change.ts'

export type FenceNote = {
  readonly set: string
  /** The term that begins. */
  readonly term: number
  /** The peers that answer. */
  readonly peers: readonly string[]
  /** For good where the server is removed; until it is back unless said. */
  readonly ends?: FenceRecord['ends'] | undefined
  /** What was written down of it before, and comes back when the step is taken back. */
  readonly before?: FenceRecord | undefined
  /** Server → its state file without the server that is removed: its guard asks for that one no more. */
  readonly changes?: Readonly<Record<string, readonly FileChange[]>> | undefined
}

export type Fencing =
  | {
      readonly kind: 'word'
      readonly words: string
      /** By what somebody answers at its address all the same, which the person knows; nothing where it must be silent. */
      readonly despite?: string | undefined
    }
  | { readonly kind: 'program'; readonly program: string }
  /** What an earlier run wrote down, and what holds still. */
  | { readonly kind: 'record'; readonly record: FenceRecord }

/** Server name → how it is kept from writing. */
export type Fences = ReadonlyMap<string, Fencing>
