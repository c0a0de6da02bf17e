import type { FileChange, StagedFile } from './plan.ts'

/**
 * A peer learns which fleet folder was pushed, and what every server was given. The list of zones comes first: what
 * speaks of it must not be there before it.
 */
export type RecordStep = {
  readonly kind: 'record'
  readonly server: string
  /** Large, and made anew from the zones of the run when it is written. */
  readonly zones: StagedFile
  readonly pushed: FileChange
}
