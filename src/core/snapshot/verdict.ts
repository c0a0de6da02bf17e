import type { Failure } from '../base/index.ts'
import type { SaidName } from './foreign.ts'
import type { RemovedPeer } from './removed-peer.ts'
import type { SeenExposure, SeenLock, SeenMarker, SeenStanding } from './snapshot.ts'

/** One fact that follows from a snapshot. `explain` gives it a code, words and a remedy. */
export type Verdict =
  | {
      readonly kind: 'server-unseen'
      readonly server: string
      readonly failure: Failure
      /** Where another peer is active for a set of it: which, and how this one stood as far as its state file tells. */
      readonly replaced?: { readonly active: string; readonly was: 'active' | 'standby' | 'unknown' }
    }
  | { readonly kind: 'control-unseen'; readonly server: string; readonly failure: Failure }
  | { readonly kind: 'files-unseen'; readonly server: string; readonly failure: Failure }
  | { readonly kind: 'configuration-refused'; readonly server: string }
  | { readonly kind: 'configuration-drifted'; readonly server: string; readonly paths: readonly string[] }
  | {
      readonly kind: 'files-exposed'
      readonly server: string
      readonly exposures: readonly SeenExposure[]
    }
  | {
      readonly kind: 'role-unknown'
      readonly server: string
      readonly set: string
      readonly failure: Failure
    }
  | {
      readonly kind: 'marker-contradicts'
      readonly server: string
      readonly set: string
      readonly marker: SeenMarker
      readonly zones: readonly string[]
    }
  | {
      readonly kind: 'state-contradicts'
      readonly server: string
      readonly set: string
      readonly marker: SeenMarker
      readonly state: SeenStanding | undefined
    }
  | {
      readonly kind: 'foreign-fleet'
      readonly server: string
      readonly says: SaidName
    }
  | { readonly kind: 'no-active'; readonly set: string }
  | {
      readonly kind: 'two-actives'
      readonly set: string
      /** Whether a run holds the fleet, in the middle of which that is so for a moment, with the old one frozen. */
      readonly inRun: boolean
      readonly actives: readonly SeenMarker[]
      /** Zones that have other serials on them, with each one's serial in words. */
      readonly forks: readonly ForkSeen[]
      /** Those whose own state file says active in the term that they name: nobody switched them by hand. */
      readonly recorded: readonly string[]
    }
  | {
      readonly kind: 'term-behind'
      readonly server: string
      readonly set: string
      readonly role: SeenMarker['role']
      /** Who knows the newest term. */
      readonly knownBy: readonly string[]
      readonly term: number
      readonly termNewest: number
    }
  | {
      readonly kind: 'term-went-back'
      readonly server: string
      readonly set: string
      readonly role: 'active' | 'standby'
      readonly term: number
      /** The one that it was in before. */
      readonly termReached: number
    }
  | { readonly kind: 'record-missing'; readonly server: string }
  | { readonly kind: 'record-unseen'; readonly server: string; readonly failure: Failure }
  | {
      readonly kind: 'configuration-outdated'
      readonly server: string
      readonly paths: readonly string[]
      /** The version of Baton that pushed last. */
      readonly baton: string
    }
  /** A peer that was removed for good, and the lines of `baton.yaml` that name it all the same. */
  | {
      readonly kind: 'removed-named'
      readonly server: string
      readonly peer: RemovedPeer
      readonly lines: readonly number[]
    }
  /** One that says that it is active. */
  | { readonly kind: 'removed-active'; readonly server: string; readonly peer: RemovedPeer }
  /** `because` says in which state the fleet folder is, and which was pushed last. */
  | { readonly kind: 'folder-behind'; readonly fleet: string; readonly because: string }
  | ZoneVerdict
  | { readonly kind: 'run-unfinished'; readonly lock: SeenLock; readonly servers: readonly string[] }

/** What is wrong with some zones of one server. */
export type ZoneVerdict = {
  readonly kind: ZoneVerdictKind
  readonly server: string
  /** By `zoneId`, in the order of the sources. */
  readonly zones: readonly string[]
}

export type ForkSeen = { readonly zone: string; readonly serials: readonly string[] }

export type ZoneVerdictKind =
  | 'zones-missing'
  | 'zones-unloaded'
  | 'zones-expired'
  | 'zones-mistyped'
  | 'zones-frozen'
  | 'serials-went-back'
  | 'serials-behind'
  | 'serials-ahead'
  | 'serials-incomparable'
