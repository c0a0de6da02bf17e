import type { Refusal } from '../base/index.ts'
import type { Fleet } from '../fleet/index.ts'
import type { RenderedServer } from '../render/index.ts'
import type { Expected, RemovedPeer, Snapshot } from '../snapshot/index.ts'
import type { Fences, Fencing } from './fencing.ts'

/** What a check may look at. Nothing is asked of the world here: the snapshot holds every answer. */
export type CheckContext = {
  readonly fleet: Fleet
  readonly rendered: ReadonlyMap<string, RenderedServer>
  readonly expected: Expected
  readonly snapshot: Snapshot
  readonly subject: CheckSubject
  /** The run that asks, where it has taken the locks already; they are no reason against it. */
  readonly holding?: string | undefined
  /** Peers that were removed for good, as far as they answer all the same. */
  readonly removed?: readonly RemovedPeer[] | undefined
}

/** What is about to be done. */
export type CheckSubject =
  | { readonly operation: 'push'; readonly servers: readonly string[] }
  | {
      readonly operation: 'switchover'
      readonly set: string
      readonly from: string
      readonly to: string
      readonly without: readonly string[]
      readonly termAfter: number
      /** The other peers that are said to take no writes. */
      readonly fences: Fences
    }
  | FailoverSubject
  | RejoinSubject

/** A failover relies on the new active alone; what the others are to it is in their own fields. */
export type FailoverSubject = {
  readonly operation: 'failover'
  readonly set: string
  readonly from: string
  readonly to: string
  /** The servers of the set that answer, besides `to`. */
  readonly survivors: readonly string[]
  /** The servers of the set that do not answer, or are left out, besides `from`. */
  readonly absent: readonly string[]
  /** How the server that is gone is kept from writing; nothing when nobody said. */
  readonly fencing: Fencing | undefined
  /** The other peers that are said to take no writes. */
  readonly fences: Fences
  /** Whether somebody answers at the address of the active, asked without keys. */
  readonly presence: ActivePresence
  /** Servers of which a person knows that somebody answers there all the same. */
  readonly despiteAnswer: readonly string[]
  /** The newest term of which a peer besides the two may know. */
  readonly termKnown: number
  /** The unfinished switchover that it ends, whose traces on the new active are no reason against it. */
  readonly interrupted: string | undefined
  /** Servers through which the one that is gone was seen to be alive. */
  readonly sightings: readonly Sighting[]
}

/** Whether somebody is at the address of the active, and how: nothing at all, something, or this machine can't tell. */
export type ActivePresence =
  | { readonly kind: 'answers'; readonly how: readonly string[] }
  | { readonly kind: 'silent'; readonly how: readonly string[] }
  | { readonly kind: 'unknown'; readonly because: string }

/** A rejoin relies on the active, and on the files of the server that becomes its standby: its named may be down. */
export type RejoinSubject = {
  readonly operation: 'rejoin' | 'resolve'
  readonly set: string
  readonly from: string
  readonly to: string
  /** The servers of the set that do not answer, besides `from`. */
  readonly absent: readonly string[]
}

/** A server that reaches the active although we do not. `how` fits after its name. */
export type Sighting = { readonly server: string; readonly how: string }

/** A named question asked before acting. */
export type Check = {
  /** The word in tables, in `docs/checks.md`, and after `check.` in its code. */
  readonly name: string
  /** The question, answered yes when all is well. */
  readonly question: string
  /** What a no means, for the manual. */
  readonly meaning: string
  /** What to do about a no, for the manual; a refusal says it with names. */
  readonly remedy: string
  readonly operations: readonly CheckSubject['operation'][]
  /** Whether a negative answer stops the operation, or is only told. */
  readonly weight: 'refuse' | 'warn'
  /** Every reason to answer no; empty is yes. What is not known is a no. */
  readonly ask: (context: CheckContext) => readonly Refusal[]
}

export type CheckOutcome = {
  readonly name: string
  readonly question: string
  readonly weight: Check['weight']
  readonly refusals: readonly Refusal[]
}
