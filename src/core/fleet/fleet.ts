import type { DomainName } from '../base/index.ts'

/** The servers and zones managed together, as `baton.yaml` describes them, checked. */
export type Fleet = {
  readonly name: string
  /** The path of `baton.yaml`, for messages. */
  readonly file: string
  /** Where relative paths in `baton.yaml` start: its own folder, absolute. */
  readonly folder: string
  /** Origin of the marker zone of the set `default`; another set's marker is `SET.MARKER`. */
  readonly marker: DomainName
  /** In the order of the file. */
  readonly servers: readonly Server[]
  readonly groups: readonly Group[]
  readonly keys: readonly KeyReference[]
  /** At least one. */
  readonly zoneSets: readonly ZoneSet[]
  /** In the order in which named matches them; empty for a fleet without views. */
  readonly views: readonly View[]
  /** A BIND file with what the zones refer to (acls, keys, dnssec-policies, tls), alike on all servers; absolute path. */
  readonly shared: string | undefined
  /** The program that fences a server, called with its name; absolute path, nothing where a person does it. */
  readonly fence: string | undefined
  readonly policy: Policy
}

export type Server = Peer | Secondary

export type Peer = ServerBase & { readonly kind: 'peer' }

/** A secondary belongs to exactly one group, and never becomes primary. */
export type Secondary = ServerBase & {
  readonly kind: 'secondary'
  readonly group: string
  /** Whether Baton writes this server's configuration, or only watches it. */
  readonly managed: boolean
}

export type ServerBase = {
  readonly name: string
  /** Where it answers DNS, and where the other servers transfer from. */
  readonly dns: Endpoint
  /** The rndc control channel. */
  readonly control: ControlChannel
  /** The statistics channel, or nothing when it has none. */
  readonly statistics: Endpoint | undefined
  readonly reach: Reach
  readonly paths: ServerPaths
  /** The user named runs as, for ownership and write checks; nothing means Baton's own user. */
  readonly user: string | undefined
  /** A BIND file with what this server has besides the managed zones (options, controls, logging, views); absolute path. */
  readonly base: string | undefined
  /** Names of the zone sets it holds. */
  readonly sets: readonly string[]
}

export type Endpoint = { readonly address: string; readonly port: number }

export type ControlChannel = Endpoint & { readonly key: string }

/** How Baton reaches the server's files and runs commands there. */
export type Reach = { readonly kind: 'local' } | { readonly kind: 'ssh'; readonly destination: string }

/** Folders on the server, absolute. */
export type ServerPaths = {
  /** Where `named.conf` and `baton/` are, `/etc/bind` by default. */
  readonly configuration: string
  /** named's working directory: relative zone file names start here; `/var/cache/bind` by default. */
  readonly directory: string
}

/** Secondaries that follow the same peers in the same order. */
export type Group = { readonly name: string; readonly follows: readonly string[] }

/** A key by name; its secret is in a file of its own, as `tsig-keygen` prints it. */
export type KeyReference = { readonly name: string; readonly file: string }

/** Zones that change role together. */
export type ZoneSet = {
  readonly name: string
  /** The peer that is active while no server has a term yet. */
  readonly firstActive: string
  readonly zones: readonly ZoneSource[]
}

/** A BIND file of zone blocks, as the active peer has them; `view` is nothing in a fleet without views. */
export type ZoneSource = { readonly view: string | undefined; readonly file: string }

/** Asking a server about a view means signing with a key that its `match-clients` names. */
export type View = { readonly name: string; readonly key: string | undefined }

/** What the fleet decides once for all its zones and operations. */
export type Policy = {
  /** Name of the key that signs transfers and Baton's own questions. */
  readonly transferKey: string
  /** `notify-delay` in seconds: how long an active may hold back a second NOTIFY, and so what it may lose. */
  readonly notifyDelayS: number
  /** `notify-rate`, `startup-notify-rate` and `serial-query-rate`, per second. */
  readonly notifyRate: number
  /** `masterfile-format` of every zone that does not say: the same in both roles. */
  readonly masterfileFormat: 'text' | 'raw'
  /** The longest a write pause may last before everything is put back, in seconds. */
  readonly writePauseMaxS: number
  /** How long to wait for secondaries to converge, in seconds. */
  readonly convergenceMaxS: number
  /** By how much a failover raises the serial of a dynamic zone before writes open, from 1 to 2^30. */
  readonly serialStep: number
  /** The greatest difference of two servers' clocks, in seconds; TSIG allows 300 (RFC 8945 section 10). */
  readonly clockSkewMaxS: number
  /** Free space that every peer must have where it writes, in bytes. */
  readonly freeSpaceMinBytes: number
  /** How many of the runs that are over stay on record, from 1 to 1000. */
  readonly keepRuns: number
}
