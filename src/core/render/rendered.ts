import type { DomainName, SharedKey } from '../base/index.ts'

/** What rendering starts from, besides the fleet: texts that were read from the operator's files. */
export type Sources = {
  /** Absolute path → text of every file that the fleet names (zones, base, shared) and that they include. */
  readonly texts: ReadonlyMap<string, string>
  /** Key name → key, for every key of the fleet. */
  readonly keys: ReadonlyMap<string, SharedKey>
  /** Server name → the release it runs; a server that is not in it is taken to run `RELEASE_DEFAULT`. */
  readonly releases: ReadonlyMap<string, Release>
}

/** BIND releases whose zone options differ: the keys of the option table. */
export type Release = '9.16' | '9.18' | '9.20' | '9.21'

export type Role = 'active' | 'standby'

/** A zone set's standing on one peer: what goes into the marker and the state file. */
export type Standing = {
  readonly set: string
  readonly role: Role
  readonly term: number
  /** When the term began, as RFC 3339 in UTC with seconds. */
  readonly since: string
}

/** The exact files one server should hold, and what they mean. */
export type RenderedServer = {
  readonly server: string
  /** Sorted by path. */
  readonly files: readonly RenderedFile[]
  /** Every managed zone on this server, in the order of the sources. */
  readonly zones: readonly RenderedZone[]
}

export type RenderedFile = {
  /** Absolute, on the server. */
  readonly path: string
  readonly content: string
  readonly mode: number
  readonly secret: boolean
}

/** One managed zone as a server should serve it. */
export type RenderedZone = {
  readonly name: DomainName
  /** `_default` in a fleet without views, as named itself calls it. */
  readonly view: string
  readonly set: string
  /** Takes updates when active: it has `allow-update` or `update-policy`. */
  readonly dynamic: boolean
  readonly file: string
  /** The `journal` option, or `file` with `.jnl`. */
  readonly journal: string
  readonly format: 'text' | 'raw'
  /** Signed by the server itself (`dnssec-policy` other than none, or `inline-signing`). */
  readonly signing: boolean
  /** Signed beside an unsigned version: `FILE.signed` and its journal, in raw format, are what is served. */
  readonly inlineSigning: boolean
  /** Where its keys are, when it is signed. */
  readonly keyDirectory: string | undefined
  /** The fleet's keys that may update it, for the probe that writes nothing. */
  readonly updateKeys: readonly string[]
}
