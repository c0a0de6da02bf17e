import type { Failure, Instant, Result } from '../../core/base/index.ts'

/**
 * A server's files and the few commands Baton may run there. One interface for the local machine and for SSH;
 * `test/io/hosts/contract.ts` says what every implementation must do. Paths are absolute. Nothing is thrown:
 * a missing file, a full disk, a refused permission are failures with a code, and carry the server's name. Through `openHost` every
 * operation answers in time (`hosts.deadline`).
 */
export interface Host {
  /** The server's name in the fleet. */
  readonly server: string
  /** The whole file, at most `READ_BYTES_MAX`. */
  read(path: string): Promise<Result<Uint8Array, Failure>>
  /**
   * The first `bytes` of each file, in bulk, by the path as it was given. A missing file has no entry; one that can't
   * be read has its failure, because one bad file among 20,000 should not hide the others. At most `HEADS_MAX` paths
   * and `HEAD_BYTES_MAX` bytes of each.
   */
  heads(request: HeadsRequest): Promise<Result<ReadonlyMap<string, Result<FileHead, Failure>>, Failure>>
  /** SHA-256 (hex) of each file that exists, at most `DIGESTS_MAX`; a file that can't be read fails the whole. */
  digests(paths: readonly string[]): Promise<Result<ReadonlyMap<string, string>, Failure>>
  /** Names in a folder, sorted; a missing folder is empty. */
  list(folder: string): Promise<Result<readonly string[], Failure>>
  /** Those of the paths that are symbolic links, at most `LINKS_MAX` asked; a missing file is none. */
  links(paths: readonly string[]): Promise<Result<readonly string[], Failure>>
  /**
   * Puts the file there whole or not at all: written beside, flushed, renamed, the folder flushed. A symbolic link in
   * its place is refused (`hosts.symbolic-link`); links among the folders of the path are followed, by root only those
   * that root made where nobody else may write.
   */
  replace(file: FileContent): Promise<Result<void, Failure>>
  /** As `replace`, but only where nothing is yet: `hosts.exists` when something is. For locks. */
  create(file: FileContent): Promise<Result<void, Failure>>
  /**
   * Adds to the end of a file and flushes it; creates it when it is not there. After a failure the file is as it was;
   * after a crash it may end with a part of what was added.
   */
  append(file: FileContent): Promise<Result<void, Failure>>
  /** As `replace`, with the content, mode and group of another file of this server. */
  copy(from: string, to: string): Promise<Result<void, Failure>>
  /** Removes a file or a folder with all it holds; nothing there is no failure. A link goes, not what it points to. */
  remove(path: string): Promise<Result<void, Failure>>
  /** Creates the holder folder of a run, whose parents are made as needed; `hosts.exists` where somebody was quicker. */
  hold(claim: HolderClaim): Promise<Result<void, Failure>>
  /**
   * Takes the holder of every lower number away: from then on the kernel refuses what it had prepared, however long its
   * process slept. Whoever takes a run over holds it first, and deposes then.
   */
  depose(claim: HolderClaim): Promise<Result<void, Failure>>
  /**
   * Changes files in their order, each whole or not at all, on behalf of a holder. New contents are written into the holder's
   * folder and installed from there by rename(2), so `hosts.deposed` as soon as somebody else has taken the run over. What is
   * replaced must be as it was seen (`hosts.changed-meanwhile`). What is already as wanted is left alone.
   */
  apply(order: ApplyOrder): Promise<Result<void, Failure>>
  /** Sets the modification time of each file that exists to now, at most `TOUCHES_MAX` files. */
  touch(request: TouchRequest): Promise<Result<void, Failure>>
  /**
   * What of a server's configuration somebody else than Baton's user, or root, could change or read; the folders above it
   * only where Baton is root. A file that is missing is no exposure.
   */
  exposures(own: OwnFolder): Promise<Result<readonly Exposure[], Failure>>
  /**
   * Ends the exposures below the folders above: `folder` with all that it holds, the folder that it is in, and the files
   * belong to Baton's user, and nobody else may write them. Links that are found in `folder` are removed.
   */
  protect(own: OwnFolder): Promise<Result<void, Failure>>
  /** Runs one of the allowed commands to its end; a non-zero exit is a value, not a failure. */
  run(command: HostCommand): Promise<Result<CommandOutcome, Failure>>
  /** Whether a process runs named with this configuration; a failure where processes cannot be seen. */
  namedRuns(configuration: string): Promise<Result<boolean, Failure>>
  /** Free space and whether named's user may write, for each folder. */
  folders(request: FoldersRequest): Promise<Result<readonly FolderState[], Failure>>
  /** The server's time of day, and how long asking took: the uncertainty is half of it. */
  clock(): Promise<Result<{ readonly now: Instant; readonly roundTripMs: number }, Failure>>
  close(): Promise<void>
}

export type HeadsRequest = {
  /** Where relative paths start. */
  readonly folder: string
  readonly paths: readonly string[]
  readonly bytes: number
}

export type FileHead = {
  readonly bytes: Uint8Array
  /** Of the whole file, in bytes. */
  readonly size: number
  readonly modified: Instant
}

export type FileContent = {
  readonly path: string
  readonly content: Uint8Array | string
  /** Permission bits, 0o640 for secrets. Folders on the way are made as needed, 0o750 (with named's group). */
  readonly mode: number
  /**
   * named's user, who is to read it: the file gets that user's group. It always belongs to Baton's own user, because root
   * executes and installs such files. Fails (`hosts.owner`) where Baton may not give the group and the mode lets nobody
   * else read the file.
   */
  readonly user: string | undefined
}

/** Who holds a run on a server: the folder `holder.N` in the run's own, under the highest number that there is. */
export type HolderClaim = {
  /** The run's folder, on the same file system as what is changed. */
  readonly folder: string
  /** From 1. */
  readonly number: number
}

export type ApplyOrder = {
  readonly holder: HolderClaim
  /** At most `CHANGES_MAX`. */
  readonly changes: readonly FileApplied[]
  /** For all of them, in milliseconds. */
  readonly deadlineMs: number
}

/** A file as it is to be, and as it must have been. */
export type FileApplied = {
  readonly path: string
  /** `nothing` removes it. */
  readonly wanted:
    | {
        readonly kind: 'content'
        readonly content: Uint8Array | string
        readonly mode: number
        readonly user: string | undefined
      }
    /** With the content, mode and owner of another file of this server. */
    | { readonly kind: 'copy'; readonly from: string }
    | { readonly kind: 'nothing' }
  /** SHA-256 (hex) of what may be there, or that nothing is; left out where whatever is there may be replaced. */
  readonly expected?: readonly (string | 'nothing')[] | undefined
  /**
   * What happens where something else is there: `fail` (unless said) leaves it, `keep` replaces it and keeps it beside, under its
   * name with `.kept-` and the first digits of its digest.
   */
  readonly otherwise?: 'fail' | 'keep' | undefined
}

/** What root executes or installs on a server. */
export type OwnFolder = {
  /** `baton`, whose folder is that of the configuration. Absolute. */
  readonly folder: string
  /** Files in it or beside it, with the permission bits that each should have. */
  readonly files: readonly { readonly path: string; readonly mode: number }[]
  /** named's user, who reads them: their group is that user's. */
  readonly user: string | undefined
  /** Folders in which named makes files. Where the configuration's is one of them its user still may, but replaces nothing. */
  readonly written: readonly string[]
}

/** A file or folder that somebody else could change. */
export type Exposure = {
  readonly path: string
  /** To follow its path: `belongs to bind`. */
  readonly because: string
  /** `file` is one of the given files; a folder `above` is nothing that Baton changes. */
  readonly kind: 'above' | 'folder' | 'file'
}

export type TouchRequest = {
  /** Where relative paths start. */
  readonly folder: string
  readonly paths: readonly string[]
}

export type FoldersRequest = {
  readonly paths: readonly string[]
  /** The user named runs as; nothing asks about Baton itself. */
  readonly user: string | undefined
}

export type FolderState = {
  readonly path: string
  readonly exists: boolean
  /** To users other than root; of the nearest folder above when it does not exist. */
  readonly bytesFree: number
  /** `Number.MAX_SAFE_INTEGER` on file systems that do not count them, such as btrfs. */
  readonly inodesFree: number
  /**
   * Whether named, run as `user`, or Baton may create files here, as far as ownership, modes and mounts tell; ACLs are not
   * looked at. Even as root named does not write into another user's folder.
   */
  readonly writable: boolean
  /** Why not, to follow "because"; nothing when it is writable. */
  readonly because: string | undefined
  /** A sentence on AppArmor or SELinux, where it may forbid named what the modes allow; nothing when none is known. */
  readonly confinement: string | undefined
}

/** The only commands Baton ever runs on a server. */
export type HostCommand =
  /** `named-checkconf FILE`, with `-z -j` to load every zone as well (`zones`). */
  | {
      readonly kind: 'named-checkconf'
      readonly file: string
      readonly zones: boolean
      readonly user?: NamedUser
      readonly deadlineMs: number
    }
  /** `named-compilezone -J`: the slow, certain way to the serial on disk. It says "loaded serial N". */
  | {
      readonly kind: 'named-compilezone'
      readonly zone: string
      readonly file: string
      /** Its journal's path; need not exist. */
      readonly journal: string
      readonly format: 'text' | 'raw'
      /** named's working directory, where relative paths and those of `$INCLUDE` start. */
      readonly folder: string
      /** Where the zone is written, in raw format; nothing writes it nowhere. */
      readonly into?: string | undefined
      readonly user?: NamedUser
      readonly deadlineMs: number
    }
  | { readonly kind: 'named-journalprint'; readonly file: string; readonly deadlineMs: number }
  /** A peer's own `baton/guard`, by `sh`. */
  | {
      readonly kind: 'guard'
      readonly script: string
      readonly action: GuardAction
      readonly deadlineMs: number
    }

/**
 * named's user, with whose rights root has zone files read: what is in them, and where their links lead, is that user's doing. Left out for
 * what is root's own, such as a rescue. A Baton that is not root reads with its own rights.
 */
export type NamedUser = string | undefined

/** What Baton asks of a guard: `docs/guard.md` says what each does, and what its exit codes mean. */
export type GuardAction =
  | readonly ['status']
  | readonly ['decide']
  /** `since` as RFC 3339 in whole seconds, with `Z`. */
  | readonly ['step-down', set: string, term: number, since: string]

export type CommandOutcome = {
  readonly exit: number
  /** Cut at `OUTPUT_BYTES_MAX`. */
  readonly stdout: string
  readonly stderr: string
  readonly elapsedMs: number
}
