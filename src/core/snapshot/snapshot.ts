import type { DomainName, Failure, Instant, Result, Serial } from '../base/index.ts'

/** Everything seen of the fleet at one moment. What could not be seen is a failure in its place, never a default. */
export type Snapshot = {
  readonly taken: Instant
  /** How long it took to gather, in milliseconds. */
  readonly elapsedMs: number
  readonly servers: ReadonlyMap<string, SeenServer>
}

/** Each part was asked for by itself, so each can be missing by itself. */
export type SeenServer = {
  readonly server: string
  readonly zones: Result<SeenZones, Failure>
  readonly named: Result<SeenNamed, Failure>
  /** Peers only: set name → what the marker zone answered. */
  readonly markers: ReadonlyMap<string, Result<SeenMarker, Failure>>
  /** Peers only: what the files say. */
  readonly files: Result<SeenFiles, Failure>
}

/** What `rndc status` says. */
export type SeenNamed = {
  readonly version: string
  readonly bootTime: Instant | undefined
  readonly configTime: Instant | undefined
  /** named refused its last configuration and goes on with the one before. */
  readonly reloadFailed: boolean
}

/** By `zoneId`. */
export type SeenZones = {
  readonly source: 'statistics' | 'dns'
  readonly zones: ReadonlyMap<string, SeenZone>
}

export type ZoneType = 'primary' | 'secondary' | 'other' | 'unknown'

export type SeenZone = {
  readonly name: DomainName
  readonly view: string
  /** `unknown` when only DNS could be asked. */
  readonly type: ZoneType
  /** Nothing when the zone is not loaded. */
  readonly serial: Serial | undefined
  readonly loaded: boolean
  /** For a secondary: when its copy expires. */
  readonly expires: Instant | undefined
  readonly refresh: Instant | undefined
}

/** The answer of a marker zone. */
export type SeenMarker = {
  readonly role: 'active' | 'standby'
  readonly term: number
  readonly server: string
  readonly fleet: string
  readonly since: string
}

/** What stands in a peer's configuration folder. */
export type SeenFiles = {
  /** Path → SHA-256 of every file Baton manages there, and of `named.conf`. */
  readonly digests: ReadonlyMap<string, string>
  /** Content of `baton/state`, unread when there is none. */
  readonly state: SeenState | undefined
  readonly lock: SeenLock | undefined
  /** Ids of runs whose journal has no end. */
  readonly unfinishedRuns: readonly string[]
}

export type SeenState = {
  readonly fleet: string
  readonly server: string
  readonly sets: ReadonlyMap<
    string,
    { readonly role: 'active' | 'standby'; readonly term: number; readonly since: string }
  >
}

export type SeenLock = {
  readonly run: string
  readonly holder: string
  readonly since: string
  readonly operation: string
}

/** How a zone is named across servers: `name/view`, the view left out when it is `_default`. */
export function zoneId(name: DomainName, view: string): string {
  return view === '_default' ? name : `${name}/${view}`
}
