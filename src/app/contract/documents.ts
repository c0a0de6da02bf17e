import type { Instant, Problem } from '../../core/base/index.ts'
import type { GuardInstallDocument, GuardStatusDocument, GuardTestDocument } from './guard.ts'
import type { HistoryDocument } from './history.ts'
import type { LabDocument } from './lab.ts'
import type { OperationWord } from './operation-word.ts'
import type { DiscardDocument, ReplayDocument, RescueDocument, RescuesDocument } from './rescue.ts'
import type { UnfinishedDocument } from './unfinished.ts'
import type { VerifyDocument } from './verify.ts'

/**
 * What every command prints with `--json`: one document. `version` grows when a field changes its meaning or goes
 * away; new fields may come at any time. Times are RFC 3339 in UTC, durations in milliseconds.
 */
export type Document =
  | StatusDocument
  | CheckDocument
  | VerifyDocument
  | PlanDocument
  | RunDocument
  | UnfinishedDocument
  | RescuesDocument
  | RescueDocument
  | ReplayDocument
  | DiscardDocument
  | RenderDocument
  | DiffDocument
  | HistoryDocument
  | GuardStatusDocument
  | GuardTestDocument
  | GuardInstallDocument
  | LabDocument
  | DemoDocument
  | CodesDocument
  | ErrorDocument

type Head<Name extends string> = { readonly version: 1; readonly document: Name }

export type StatusDocument = Head<'status'> & {
  readonly fleet: string
  readonly taken: Instant
  readonly elapsedMs: number
  readonly well: boolean
  readonly sets: readonly SetStatus[]
  readonly servers: readonly ServerStatus[]
  readonly verdicts: readonly VerdictStatus[]
}

export type SetStatus = {
  readonly set: string
  /** Nothing when it is not known, or not exactly one. */
  readonly active: string | null
  /** The newest that any peer names; nothing when none does. */
  readonly term: number | null
  readonly since: string | null
  readonly zones: number
  /** Where nobody is known to be active: the one whose state file says that it was, in the newest term, and that is silent. */
  readonly silentActive: string | null
}

export type ServerStatus = {
  readonly server: string
  readonly kind: 'peer' | 'secondary'
  readonly group: string | null
  /** Whether Baton writes its configuration; of one that it does not, named's release is not asked. */
  readonly managed: boolean
  /** Set name → role, `unknown` when the marker did not tell; empty for secondaries. */
  readonly roles: Readonly<Record<string, 'active' | 'standby' | 'unknown'>>
  readonly seen: boolean
  /** How it was said to be kept from writing, by whom and when; nothing for a server that is not written down as fenced. */
  readonly fenced: string | null
  readonly bind: string | null
  /** Managed zones: how many there should be, are loaded, and have the serial of the active. */
  readonly zones: { readonly expected: number; readonly loaded: number; readonly current: number }
  /** Of an active: the dynamic zones that this look had no time to ask about whether they are frozen; nothing of others. */
  readonly frozenUnasked: number | null
}

export type VerdictStatus = {
  readonly code: string
  readonly severity: 'problem' | 'notice'
  readonly subject: string
  readonly because: string
  /** Of a notice: what helps if it lasts. */
  readonly remedy: string
  readonly zones: readonly string[]
  /** When Baton first saw it from this machine. */
  readonly since: Instant
}

export type CheckDocument = Head<'check'> & {
  readonly operation: 'switchover' | 'failover' | 'push'
  readonly from: string | null
  readonly to: string | null
  readonly passed: boolean
  readonly checks: readonly CheckStatus[]
}

export type CheckStatus = {
  readonly name: string
  readonly question: string
  /** Unknown where all that is asked about does not answer, which another check says with a no. */
  readonly outcome: 'yes' | 'no' | 'warning' | 'unknown'
  readonly reasons: readonly {
    readonly code: string
    readonly subject: string
    readonly because: string
    readonly remedy: string
  }[]
}

export type PlanDocument = Head<'plan'> & {
  readonly run: string
  readonly operation: OperationWord
  readonly set: string | null
  readonly from: string | null
  readonly to: string | null
  readonly term: number | null
  /** Servers that were left out: not waited for, and not looked at. */
  readonly leftOut: readonly string[]
  readonly reason: string | null
  readonly steps: readonly { readonly step: string; readonly undo: string | null }[]
  /** From where on it can no longer be taken back, the step counted from 1; nothing where it always can. */
  readonly noReturn: { readonly step: number; readonly once: 'begun' | 'done' } | null
  readonly warnings: readonly string[]
  /** Why this server takes over; nothing where a person named it, or there was no choice. */
  readonly choice: string | null
  /** What a failover may lose; nothing for other operations, which lose nothing. */
  readonly losses: LossesStatus | null
  /** Zones of which a server holds something else than the active, where that is what the operation is about. */
  readonly forks: readonly ForkedZone[] | null
}

export type ForkedZone = {
  readonly server: string
  readonly zone: string
  readonly kind: string
  /** On that server; nothing where the zone could not be transferred from it. */
  readonly serial: number | null
  readonly serialActive: number | null
  /** In words, to follow the zone's name. */
  readonly because: string
}

/** What the server that is gone acknowledged and nobody else has, as far as that can be known. */
export type LossesStatus = {
  /** Zones of which its disk holds more than any server that answers. */
  readonly zones: readonly LostZone[]
  /** Sentences: what is known, what is not, and what bounds it. */
  readonly sentences: readonly string[]
}

export type LostZone = {
  readonly zone: string
  /** On the disk of the server that is gone. */
  readonly serialLost: number
  /** The newest that a server that answers has; nothing when none has the zone. */
  readonly serialKept: number | null
}

export type RunDocument = Head<'run'> & {
  readonly run: string
  readonly operation: OperationWord
  readonly outcome: 'done' | 'rolled-back' | 'superseded' | 'incomplete' | 'nothing-to-do'
  readonly set: string | null
  readonly from: string | null
  readonly to: string | null
  readonly term: number | null
  /** Servers that were left out: not waited for, and not looked at. */
  readonly leftOut: readonly string[]
  readonly elapsedMs: number
  readonly writePauseMs: number | null
  /** Where several processes were at it, no clock saw both ends: writes were refused for at least so long. */
  readonly writePauseAtLeastMs: number | null
  /** Whether something was found that wants a person, although the operation is done. */
  readonly unwell: boolean
  readonly because: string | null
  readonly remarks: readonly string[]
  /** Of a rejoin, a sentence for each rescue: how many orphans were found in it, and how they are shown. */
  readonly rescues: readonly string[]
  readonly problems: readonly Problem[]
}

export type RenderDocument = Head<'render'> & {
  readonly folder: string
  readonly servers: readonly {
    readonly server: string
    readonly zones: number
    readonly files: readonly string[]
  }[]
  readonly warnings: readonly Problem[]
}

export type DiffDocument = Head<'diff'> & {
  readonly same: boolean
  readonly files: readonly FileDifference[]
}

export type FileDifference = {
  readonly server: string
  readonly path: string
  /** `left-over`: written by an earlier push, and named by nothing any more. */
  readonly change: 'missing' | 'different' | 'left-over'
  /** Lines as in a unified diff; empty for files with secrets. */
  readonly lines: readonly string[]
  /** How many more lines there are. */
  readonly linesLeftOut: number
}

export type DemoDocument = Head<'demo'> & {
  readonly zones: number
  readonly zonesDynamic: number
  readonly servers: number
  readonly switchovers: readonly RunDocument[]
  readonly updatesAcknowledged: number
  readonly updatesMissing: number
  readonly queriesAnswered: number
  readonly queriesUnanswered: number
  readonly serialsEqual: boolean
  readonly contentEqual: boolean
  readonly elapsedMs: number
}

export type CodesDocument = Head<'codes'> & {
  readonly codes: readonly { readonly code: string; readonly meaning: string; readonly remedy: string }[]
}

export type ErrorDocument = Head<'error'> & { readonly problems: readonly Problem[] }
