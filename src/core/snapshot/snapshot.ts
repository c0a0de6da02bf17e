import type { DomainName, Failure, Instant, Result, Serial } from '../base/index.ts'
import type { SeenKey } from './signing-key.ts'

/** Everything seen of the fleet at one moment. What could not be seen is a failure in its place, never a default. */
export type Snapshot = {
  readonly taken: Instant
  /** How long it took to gather, in milliseconds. */
  readonly elapsedMs: number
  readonly servers: ReadonlyMap<string, SeenServer>
  /** Peer → zone set → the newest term in which the history of the fleet has it; nothing when that was not asked. */
  readonly termsReached?: ReadonlyMap<string, ReadonlyMap<string, number>> | undefined
}

/** Each part was asked for by itself, so each can be missing by itself. */
export type SeenServer = {
  readonly server: string
  readonly zones: Result<SeenZones, Failure>
  /** What named says of itself; nothing for a server whose configuration Baton does not write. */
  readonly named: Result<SeenNamed, Failure> | undefined
  /** Peers only: set name → what the marker zone answered. */
  readonly markers: ReadonlyMap<string, Result<SeenMarker, Failure>>
  /** What the files say; nothing for a server whose configuration Baton does not write. */
  readonly files: Result<SeenFiles, Failure> | undefined
  /** Of an active that `status` looks at: its frozen zones, by `zoneId`, and of how many dynamic ones that is not known. */
  readonly frozen?: { readonly zones: readonly string[]; readonly unasked: number } | undefined
  /** Nothing when only the state was asked for, as `status` does. */
  readonly preflight: SeenPreflight | undefined
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
  /** The server's own clock when it answered; nothing when only DNS could be asked. */
  readonly time?: Instant | undefined
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
  /** When its content last came whole, from its file or by a transfer, by the server's clock; unknown to DNS. */
  readonly loadTime?: Instant | undefined
  /** For a secondary: when its copy expires. */
  readonly expires: Instant | undefined
}

/** The answer of a marker zone. */
export type SeenMarker = {
  readonly role: 'active' | 'standby'
  readonly term: number
  readonly server: string
  readonly fleet: string
  /** RFC 3339, UTC. */
  readonly since: string
}

/** What stands in a server's configuration folder. */
export type SeenFiles = {
  /** Path → SHA-256 (hex) of every file Baton manages there, and of `named.conf`. */
  readonly digests: ReadonlyMap<string, string>
  /** What `baton/state` says; nothing where there is no such file, as on secondaries. */
  readonly state: SeenState | undefined
  readonly lock: SeenLock | undefined
  /** What of it somebody else than Baton's user, or root, could change; nothing where that was not asked. */
  readonly exposures?: readonly SeenExposure[] | undefined
}

/** A file or folder that somebody else could change; `above` the configuration folder, Baton does not change it. */
export type SeenExposure = {
  readonly path: string
  /** To follow the path. */
  readonly because: string
  readonly kind: 'above' | 'folder' | 'file'
}

export type SeenState = {
  readonly fleet: string
  readonly server: string
  readonly sets: ReadonlyMap<string, SeenStanding>
}

export type SeenStanding = {
  readonly role: 'active' | 'standby'
  readonly term: number
  /** RFC 3339, UTC. */
  readonly since: string
}

/** A run holds the fleet, or died holding it. */
export type SeenLock = {
  readonly run: string
  readonly operation: string
  /** `person@machine`. */
  readonly holder: string
  /** RFC 3339, UTC. */
  readonly since: string
}

/** The slower questions, asked before acting. */
export type SeenPreflight = {
  /** What `named-checkconf -z -j` says of the configuration this peer would run in the other role. */
  readonly configuration: Result<SeenConfiguration, Failure> | undefined
  /** By `zoneId`. */
  readonly disk: Result<ReadonlyMap<string, SeenDiskSerial>, Failure> | undefined
  /** By `zoneId`: dynamic zones, and whether each is frozen. Only asked of the active. */
  readonly frozen: Result<ReadonlyMap<string, boolean>, Failure> | undefined
  readonly folders: Result<readonly SeenFolder[], Failure> | undefined
  /** This server's clock less ours, in milliseconds, and how far that may be off. */
  readonly clock: Result<{ readonly offsetMs: number; readonly uncertaintyMs: number }, Failure> | undefined
  /** Per view one zone was transferred with the fleet's key: those that failed. */
  readonly transfers: readonly Failure[] | undefined
  /** File name → SHA-256 (hex) of the DNSSEC key files of zones that this server signs or would sign. */
  readonly signingKeys: Result<ReadonlyMap<string, string>, Failure> | undefined
  /** What those files say of the keys. */
  readonly signingKeyStates: Result<readonly SeenKey[], Failure> | undefined
}

export type SeenConfiguration = { readonly accepted: boolean; readonly complaints: readonly string[] }

/** What the zone's file and journal, taken together, would load as. */
export type SeenDiskSerial =
  | { readonly kind: 'serial'; readonly serial: Serial }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly because: string }

export type SeenFolder = {
  readonly path: string
  readonly exists: boolean
  readonly bytesFree: number
  readonly inodesFree: number
  readonly writable: boolean
  /** Why not, to follow "because"; nothing when it is writable. */
  readonly because: string | undefined
  /** A sentence on AppArmor or SELinux, where it may forbid named what the modes allow. */
  readonly confinement: string | undefined
}

/** How a zone is named across servers: `name/view`, the view left out when it is `_default`. */
export function zoneId(name: DomainName, view: string): string {
  return view === '_default' ? name : `${name}/${view}`
}
