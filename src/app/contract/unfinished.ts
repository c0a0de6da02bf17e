/** A run that holds the fleet, and what `resume` or `rollback` would do with it: the answer of their `--dry-run`. */
export type UnfinishedDocument = UnfinishedRun & {
  readonly version: 1
  readonly document: 'unfinished'
  /** What would be done, in this order. */
  readonly ahead: readonly string[]
}

/** The unfinished run as a person should see it before deciding about it. */
export type UnfinishedRun = {
  readonly run: string
  readonly operation: string
  /** `person@machine`. */
  readonly holder: string
  /** RFC 3339, UTC. */
  readonly since: string
  readonly direction: 'forward' | 'back'
  readonly from: string | null
  readonly to: string | null
  readonly term: number | null
  readonly reason: string | null
  /** Empty when it died before its plan was recorded: then it had done nothing. */
  readonly steps: readonly UnfinishedStep[]
  /** Whether everything can still be taken back. */
  readonly returnable: boolean
  /** Since when updates are refused, RFC 3339, UTC; nothing while a server takes them. */
  readonly writesStopped: string | null
}

export type UnfinishedStep = {
  readonly step: string
  /** What taking it back means; nothing where it needs no taking back. */
  readonly undo: string | null
  /** `begun` means that it may have been done, in part or whole: it is done, or undone, once more. */
  readonly progress: 'untouched' | 'begun' | 'done' | 'undone'
}
