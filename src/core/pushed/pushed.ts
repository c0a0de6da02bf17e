/**
 * What stands in `baton/pushed` on every peer: which fleet folder was pushed last, by whom, and what every server of the
 * fleet was given. With `baton/pushed.zones` beside it, a peer tells all that a failover needs to know of its files.
 */
export type Pushed = {
  readonly fleet: string
  readonly folder: PushedFolder
  /** The digest of the folder that had been pushed before; nothing where none had. */
  readonly parent: string | undefined
  /** `person@machine`. */
  readonly by: string
  /** RFC 3339, UTC. */
  readonly at: string
  /** The version of Baton that rendered the files. */
  readonly baton: string
  /** The text of `baton.yaml`, which holds no secret. */
  readonly fleetFile: string
  /** SHA-256 (hex) of `baton/pushed.zones`. */
  readonly zonesDigest: string
  /** Server name → path → file: all that was rendered, but for what changes with a peer's role. */
  readonly servers: ReadonlyMap<string, PushedFiles>
}

export type PushedFiles = ReadonlyMap<string, PushedFile>

export type PushedFile = {
  /** SHA-256 (hex). */
  readonly digest: string
  readonly mode: number
}

/** A state of a fleet folder: the digest of all its texts, and where it is in Git the commit. */
export type PushedFolder = {
  readonly digest: string
  readonly commit: string | undefined
  /** Whether the folder held anything that the commit does not; nothing where Git does not tell. */
  readonly dirty: boolean | undefined
}

/** Where the record is, below a server's configuration folder. */
export const PUSHED_PATH = 'baton/pushed'
export const PUSHED_ZONES_PATH = 'baton/pushed.zones'

/** Both name keys and zones: nobody but named's group needs to read them. */
export const PUSHED_MODE = 0o640
