import type { Failure, Result } from '../../core/base/index.ts'
import type { ApplyOrder, HolderClaim } from '../hosts/index.ts'

/** The few things a journal needs of a machine's files; `Host` has them all. */
export interface JournalFiles {
  read(path: string): Promise<Result<Uint8Array, Failure>>
  list(folder: string): Promise<Result<readonly string[], Failure>>
  create(file: JournalFile): Promise<Result<void, Failure>>
  replace(file: JournalFile): Promise<Result<void, Failure>>
  append(file: JournalFile): Promise<Result<void, Failure>>
  remove(path: string): Promise<Result<void, Failure>>
  hold(claim: HolderClaim): Promise<Result<void, Failure>>
  depose(claim: HolderClaim): Promise<Result<void, Failure>>
  apply(order: ApplyOrder): Promise<Result<void, Failure>>
}

export type JournalFile = {
  readonly path: string
  readonly content: Uint8Array | string
  readonly mode: number
  readonly user: string | undefined
}

/** One place where runs are recorded: a peer, or the operator's own machine. */
export type JournalCopy = {
  /** A server's name, or `here`. */
  readonly name: string
  readonly files: JournalFiles
  /** The folder that holds `lock`, `runs/` and `history`. */
  readonly folder: string
  /** Peers are locked; the operator's machine only remembers. */
  readonly locked: boolean
}

type Place = Pick<JournalCopy, 'folder'>

export const JOURNAL_MODE = 0o640

export function lockPath(copy: Place): string {
  return `${copy.folder}/lock`
}

export function historyPath(copy: Place): string {
  return `${copy.folder}/history`
}

export function runFolder(copy: Place, run: string): string {
  return `${copy.folder}/runs/${run}`
}

export function planPath(copy: Place, run: string): string {
  return `${runFolder(copy, run)}/plan.json`
}

export function entriesPath(copy: Place, run: string): string {
  return `${runFolder(copy, run)}/journal`
}

/** Whoever made the highest-numbered holder folder holds the run; this file in it says who that is. */
export function holderPath(place: Place, held: { run: string; generation: number }): string {
  return `${runFolder(place, held.run)}/holder.${held.generation}/who`
}

/** A server where a run is held: a copy of its record, or a server whose files it changes and that keeps no record. */
export type HeldPlace = Pick<JournalCopy, 'name' | 'files' | 'folder'>
