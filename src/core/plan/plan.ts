import type { FenceStep } from './fencing.ts'
import type { FileChange, StagedFile } from './file-change.ts'
import type { HealStep, ReturnStep, StepDownStep } from './rejoin-steps.ts'

/** What would be done, in pieces: what is shown is what is journaled is what runs. Plain data, versioned. */
export type Plan = {
  readonly version: PlanVersion
  readonly run: string
  readonly operation: Operation
  readonly fleet: string
  /** Of version 1 alone: SHA-256 (hex) over what the fleet folder rendered to; whoever resumes must have the same. */
  readonly fingerprint?: string | undefined
  /** From version 2 on: what else of the fleet the run needs, so that whoever resumes needs no fleet folder. */
  readonly record?: PlanRecord | undefined
  /** `person@machine`. */
  readonly by: string
  readonly reason: string | undefined
  /** RFC 3339, UTC. */
  readonly created: string
  /** Who gives the role to whom, or steps down for whom; nothing where no role is passed. */
  readonly handover: Handover | undefined
  /** The unfinished run that this one ends once it is done, and whose locks it holds until then. */
  readonly supersedes?: string | undefined
  readonly steps: readonly Step[]
}

/** 1 went by the fleet folder of whoever resumed it; 2 stands on its own record. */
export type PlanVersion = 1 | 2

export type PlanRecord = {
  /** The version of the Baton that made the plan. */
  readonly baton: string
  /** Server → the BIND release it ran, such as `9.18`; a server that did not say is left out. */
  readonly releases: Readonly<Record<string, string>>
  /** SHA-256 (hex) of the list of every server's zones, which lies beside the plan. */
  readonly zones: string
}

export type Operation = 'switchover' | 'failover' | 'rejoin' | 'resolve' | 'push' | 'peer-remove'

export type Handover = {
  readonly set: string
  readonly from: string
  readonly to: string
  readonly termBefore: number
  readonly termAfter: number
  /** Servers left out: because a person said so (`--without`), and in a failover all that do not answer. */
  readonly without: readonly string[]
}

/** One piece. Each can be run again after a crash in its middle and ends the same. */
export type Step =
  | SettleStep
  | FreezeStep
  | CatchUpStep
  | PromoteStep
  | DemoteStep
  | AnnounceStep
  | ProbeStep
  | ConvergeStep
  | CompareStep
  | FenceStep
  | CollectStep
  | NoteStep
  | CloseStep
  | RaiseStep
  | OpenStep
  | StepDownStep
  | ReturnStep
  | HealStep
  | StageStep
  | DeployStep
  | RecordStep
  | InspectStep

export type StepKind = Step['kind']

/** Everything the new active holds in memory is proven to be on its disk, while updates go on. */
export type SettleStep = { readonly kind: 'settle'; readonly server: string; readonly set: string }

/** The old active refuses updates; its files already say standby, so that a restart cannot make it active again. */
export type FreezeStep = {
  readonly kind: 'freeze'
  readonly server: string
  readonly set: string
  readonly changes: readonly FileChange[]
}

/** Every serial on the new active equals the frozen one, in memory and on disk; DNSSEC keys are equal. */
export type CatchUpStep = {
  readonly kind: 'catch-up'
  readonly server: string
  readonly from: string
  readonly set: string
}

/** The new active gets its term and configuration, and every zone is seen as primary: writes open. */
export type PromoteStep = {
  readonly kind: 'promote'
  readonly server: string
  readonly from: string
  readonly set: string
  readonly changes: readonly FileChange[]
}

/** The old active becomes a standby of the new one. */
export type DemoteStep = {
  readonly kind: 'demote'
  readonly server: string
  readonly to: string
  readonly set: string
  readonly changes: readonly FileChange[]
}

/** A peer learns the term, and its role with it. */
export type AnnounceStep = {
  readonly kind: 'announce'
  readonly server: string
  readonly set: string
  readonly changes: readonly FileChange[]
}

/** An update that changes nothing, sent to the old active, is accepted by the new one. */
export type ProbeStep = {
  readonly kind: 'probe'
  readonly server: string
  readonly to: string
  readonly set: string
}

/** Every server reaches the serials that the new active had when the step began. */
export type ConvergeStep = {
  readonly kind: 'converge'
  readonly servers: readonly string[]
  readonly to: string
  readonly set: string
}

/** The content of zones is compared by digest (RFC 8976). */
export type CompareStep = {
  readonly kind: 'compare'
  readonly servers: readonly string[]
  readonly to: string
  readonly set: string
}

/**
 * The new active takes, zone by zone, what any survivor has that is newer. For that it runs, where there is anything to
 * take, a standby configuration in which the servers that are gone do not occur: nobody waits for them.
 */
export type CollectStep = {
  readonly kind: 'collect'
  readonly server: string
  readonly survivors: readonly string[]
  readonly set: string
  readonly changes: readonly FileChange[]
}

/** The serial at which each zone is taken over is written down, so that what came after it elsewhere is found later. */
export type NoteStep = {
  readonly kind: 'note'
  readonly server: string
  /** The server that is gone. */
  readonly from: string
  readonly set: string
  /** The term that begins. */
  readonly term: number
  /** Where it is written: the peers that answer. */
  readonly peers: readonly string[]
}

/** The new active becomes primary for its zones and takes no updates but Baton's; its marker and state say standby. */
export type CloseStep = {
  readonly kind: 'close'
  readonly server: string
  readonly set: string
  readonly changes: readonly FileChange[]
}

/** Every dynamic zone of the closed active gets a serial that no other server can ever have given out. */
export type RaiseStep = {
  readonly kind: 'raise'
  readonly server: string
  readonly set: string
  /** By how much, from 1 to 2^30. */
  readonly serialStep: number
}

/** The new active gets its term and its real configuration: writes open. */
export type OpenStep = {
  readonly kind: 'open'
  readonly server: string
  readonly set: string
  readonly changes: readonly FileChange[]
}

/** New files are laid beside the installed ones on a server, checked by its named-checkconf, the old ones kept. */
export type StageStep = {
  readonly kind: 'stage'
  readonly server: string
  readonly files: readonly StagedFile[]
}

/** Staged files replace the installed ones, one `reconfig`, every zone seen again. */
export type DeployStep = {
  readonly kind: 'deploy'
  readonly server: string
  readonly files: readonly StagedFile[]
}

/** A peer learns which folder was pushed and what every server was given: the zones of all, then what speaks of them. */
export type RecordStep = {
  readonly kind: 'record'
  readonly server: string
  readonly zones: StagedFile
  readonly pushed: FileChange
}

/** Every zone of the servers is looked for; those that are not loaded are told, and taken back by nobody. */
export type InspectStep = { readonly kind: 'inspect'; readonly servers: readonly string[] }

/** Where an operation can no longer be taken back: once a step of one of these kinds has got so far. */
export type PointOfNoReturn = { readonly kinds: readonly StepKind[]; readonly when: 'begun' | 'done' }

const NEVER_BACK: PointOfNoReturn = { kinds: ['announce', 'step-down', 'return'], when: 'begun' }

/**
 * A promotion can be undone until it is done, because the old active is there to go back to. In a failover nobody is:
 * a standby whose serials were raised would refuse what the old active serves when it returns, and what writes
 * were let in have nowhere else to go. A server that rejoins has nothing to go back to but its fork.
 */
export const POINT_OF_NO_RETURN: Readonly<Record<Operation, PointOfNoReturn>> = {
  switchover: { kinds: ['promote'], when: 'done' },
  failover: { kinds: ['raise', 'open'], when: 'begun' },
  rejoin: NEVER_BACK,
  resolve: NEVER_BACK,
  push: { kinds: [], when: 'done' },
  'peer-remove': { kinds: [], when: 'done' },
}
