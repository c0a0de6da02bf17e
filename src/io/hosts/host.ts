import type { Failure, Instant, Result } from '../../core/base/index.ts'

/**
 * A server's files and the few commands Baton may run there. One interface for the local machine and for SSH;
 * `test/io/hosts/contract.ts` says what every implementation must do. Paths are absolute. Nothing is thrown:
 * a missing file, a full disk, a refused permission are failures with a code, and carry the server's name.
 */
export interface Host {
  /** The server's name in the fleet. */
  readonly server: string
  /** The whole file, at most `READ_BYTES_MAX`. */
  read(path: string): Promise<Result<Uint8Array, Failure>>
  /** The first `bytes` of each file, in bulk; a missing file has no entry. Relative paths start at `folder`. */
  heads(request: HeadsRequest): Promise<Result<ReadonlyMap<string, FileHead>, Failure>>
  /** SHA-256 (hex) of each file that exists. */
  digests(paths: readonly string[]): Promise<Result<ReadonlyMap<string, string>, Failure>>
  /** Names in a folder, sorted; a missing folder is empty. */
  list(folder: string): Promise<Result<readonly string[], Failure>>
  /** Puts the file there whole or not at all: written beside, flushed, renamed, the folder flushed. */
  replace(file: FileContent): Promise<Result<void, Failure>>
  /** As `replace`, but only where nothing is yet: `hosts.exists` when something is. For locks. */
  create(file: FileContent): Promise<Result<void, Failure>>
  /** Adds to the end of a file and flushes it; creates it when it is not there. */
  append(file: FileContent): Promise<Result<void, Failure>>
  /** As `replace`, with the content, mode and owner of another file of this server. */
  copy(from: string, to: string): Promise<Result<void, Failure>>
  /** Removes a file or a folder with all it holds; nothing there is no failure. */
  remove(path: string): Promise<Result<void, Failure>>
  /** Sets the modification time of each file that exists to now. Relative paths start at `folder`. */
  touch(request: TouchRequest): Promise<Result<void, Failure>>
  /** Runs one of the allowed commands to its end; a non-zero exit is a value, not a failure. */
  run(command: HostCommand): Promise<Result<CommandOutcome, Failure>>
  /** Free space and whether named's user may write, for each folder. */
  folders(request: FoldersRequest): Promise<Result<readonly FolderState[], Failure>>
  /** The server's time of day, and how long asking took: the uncertainty is half of it. */
  clock(): Promise<Result<{ readonly now: Instant; readonly roundTripMs: number }, Failure>>
  close(): Promise<void>
}

export type HeadsRequest = {
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
  /** The user (and its group) who is to own it, where Baton may change owners; nothing leaves Baton's own user. */
  readonly user: string | undefined
}

export type TouchRequest = { readonly folder: string; readonly paths: readonly string[] }

export type FoldersRequest = { readonly paths: readonly string[]; readonly user: string | undefined }

export type FolderState = {
  readonly path: string
  readonly exists: boolean
  readonly bytesFree: number
  readonly inodesFree: number
  /** Whether `user` may create files here, as far as ownership and modes tell. */
  readonly writable: boolean
}

/** The only commands Baton ever runs on a server. */
export type HostCommand =
  /** `named-checkconf FILE`, with `-z -j` to load every zone as well (`zones`). */
  | {
      readonly kind: 'named-checkconf'
      readonly file: string
      readonly zones: boolean
      readonly deadlineMs: number
    }
  /** `named-compilezone -j`: the slow, certain way to the serial on disk. */
  | {
      readonly kind: 'named-compilezone'
      readonly zone: string
      readonly file: string
      readonly journal: boolean
      readonly format: 'text' | 'raw'
      readonly deadlineMs: number
    }
  | { readonly kind: 'named-journalprint'; readonly file: string; readonly deadlineMs: number }

export type CommandOutcome = {
  readonly exit: number
  /** Cut at `OUTPUT_BYTES_MAX`. */
  readonly stdout: string
  readonly stderr: string
  readonly elapsedMs: number
}
