import type { Problem } from '../../core/base/index.ts'

/** Every rescue of the fleet, as `baton rescue list` tells. */
export type RescuesDocument = {
  readonly version: 1
  readonly document: 'rescues'
  readonly fleet: string
  /** Peer by peer, in the order of the fleet. */
  readonly rescues: readonly RescueStatus[]
  /** What could not be looked at. */
  readonly problems: readonly Problem[]
}

/**
 * - `new`: it holds orphans that were not replayed;
 * - `partly-replayed`, `replayed`: some, or all, are on the active;
 * - `nothing-lost`: everything that was saved had come over;
 * - `unclear`: not every orphan can be counted, and none is known to be left;
 * - `unreadable`: it cannot be told what it holds;
 * - `discarded`: its files were thrown away.
 */
export type RescueState =
  | 'new'
  | 'partly-replayed'
  | 'replayed'
  | 'nothing-lost'
  | 'unclear'
  | 'unreadable'
  | 'discarded'

export type RescueStatus = {
  readonly server: string
  /** What the other commands call it: `7`, with several zone sets `internal.7`, a second one `7+2`. */
  readonly place: string
  /** `*` for every set; nothing where it is not known. */
  readonly set: string | null
  readonly term: number | null
  /** RFC 3339, UTC. */
  readonly saved: string | null
  /** The guard's code: why it was saved. */
  readonly code: string | null
  /** Managed zones of the set. */
  readonly zones: number
  /** Updates that are known one by one, and what only the content told and was replayed. */
  readonly orphans: number
  /** How many of them are on the active, as far as Baton replayed them. */
  readonly replayed: number
  /** Zones of which not every orphan can be counted. */
  readonly zonesUnclear: number
  readonly state: RescueState
  readonly problems: readonly Problem[]
}

/** One rescue, every orphan held against the active, as `baton rescue show` tells; `baton rescue apply` would do the same. */
export type RescueDocument = {
  readonly version: 1
  readonly document: 'rescue'
  readonly server: string
  readonly place: string
  readonly set: string
  readonly term: number | null
  readonly saved: string
  readonly code: string
  readonly zones: readonly RescuedZoneStatus[]
  /** Scripts for nsupdate: one for each view on each active. */
  readonly nsupdate: readonly RescueScript[]
  readonly problems: readonly Problem[]
}

export type RescueScript = { readonly active: string; readonly view: string; readonly script: string }

export type RescuedZoneStatus = {
  readonly zone: string
  readonly view: string
  readonly active: string
  /** The last serial that both had; nothing where it is not known. */
  readonly fork: number | null
  /** Whether a failover or a rejoin wrote it down, the journals of both servers show it, or nothing does. */
  readonly forkKnown: 'recorded' | 'matched' | 'unknown'
  /** Keys of the fleet that may update it, in the order in which they are tried. */
  readonly keys: readonly string[]
  readonly orphans: readonly OrphanStatus[]
  readonly troubles: readonly Problem[]
}

export type OrphanStatus = {
  readonly from: number
  readonly to: number
  /** One update of a journal, in its order; or what the content of one name differs in. */
  readonly source: 'journal' | 'content'
  readonly verdict: 'applies' | 'already-there' | 'conflict' | 'unknown'
  /** Records as a zone file has them. */
  readonly deleted: readonly string[]
  readonly added: readonly string[]
  /** Record sets that stand in its way. */
  readonly obstacles: readonly {
    readonly owner: string
    readonly type: string
    readonly because: string
    readonly now: readonly string[]
  }[]
}

/** What `baton rescue apply` did. */
export type ReplayDocument = {
  readonly version: 1
  readonly document: 'replay'
  readonly server: string
  readonly place: string
  /** In the order in which they were gone through. */
  readonly orphans: readonly ReplayedOrphan[]
  readonly problems: readonly Problem[]
}

export type ReplayedOrphan = {
  readonly zone: string
  readonly view: string
  readonly from: number
  readonly to: number
  readonly source: 'journal' | 'content'
  readonly outcome: ReplayOutcomeWord
}

/** `changed-meanwhile`: a set had changed since it was looked at. `not-tried`: one before it in its zone failed. */
export type ReplayOutcomeWord =
  | 'applied'
  | 'already-there'
  | 'conflict'
  | 'unknown'
  | 'changed-meanwhile'
  | 'failed'
  | 'not-tried'

/** What `baton rescue discard` did, or would do. */
export type DiscardDocument = {
  readonly version: 1
  readonly document: 'discard'
  readonly server: string
  readonly place: string
  /** Orphans that were not replayed, and nobody else has. */
  readonly orphansLeft: number
  /** Zones of which not every orphan can be counted. */
  readonly zonesUnclear: number
  readonly discarded: boolean
  readonly problems: readonly Problem[]
}
