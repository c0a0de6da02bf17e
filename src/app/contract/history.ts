import type { OperationWord } from './operation-word.ts'

/** What was done, oldest first, as `baton history` tells. */
export type HistoryDocument = {
  readonly version: 1
  readonly document: 'history'
  readonly runs: readonly HistoryRun[]
}

export type HistoryRun = {
  readonly run: string
  readonly operation: OperationWord | 'rescue-apply' | 'rescue-discard'
  readonly set: string | null
  readonly from: string | null
  readonly to: string | null
  readonly term: number | null
  /** Servers that were left out: not waited for, and not looked at. */
  readonly leftOut: readonly string[]
  /** Of a failover: how the old active was kept from writing, as a person or a program told it. */
  readonly fenced: string | null
  readonly by: string
  readonly reason: string | null
  readonly began: string
  readonly elapsedMs: number
  readonly writePauseMs: number | null
  /** Where several processes were at it, no clock saw both ends: writes were refused for at least so long. */
  readonly writePauseAtLeastMs: number | null
  readonly outcome: 'done' | 'rolled-back' | 'superseded'
  /** Whether it was done and left something that wanted a person: the remarks say what. */
  readonly unwell: boolean
  readonly because: string | null
  readonly remarks: readonly string[]
  /** As in the run's own document. */
  readonly rescues: readonly string[]
}
