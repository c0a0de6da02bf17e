import type { Serial } from '../base/index.ts'
import { KeyLines, readCount, SERIAL_MAX } from './key-lines.ts'

/** What is known of a rescue and what became of it: where each zone forked, what was replayed, and whether its files were thrown away. */
export type ReplayRecord = {
  /** `zoneId` → the orphans that are on the active, by `orphanId`. */
  readonly replayed: ReadonlyMap<string, ReadonlySet<string>>
  readonly discarded: Act | undefined
  /**
   * `zoneId` → the last serial in common, as it was found when the server rejoined. The active's journal, which told it, is
   * trimmed and cleaned later on, and other serials of its look like it then.
   */
  readonly forks: ReadonlyMap<string, Serial>
}

/** When, RFC 3339 in UTC, and by whom, `person@machine`. */
export type Act = { readonly at: string; readonly by: string }

/** The first line of the file. */
export const REPLAY_HEAD = 'version=1\n'

export const REPLAY_NONE: ReplayRecord = { replayed: new Map(), discarded: undefined, forks: new Map() }

/** One orphan that is on the active now. */
export function printReplayed(zone: string, orphan: string, { at, by }: Act): string {
  return `replayed=${zone}\t${orphan}\t${at}\t${by}\n`
}

export function printDiscarded({ at, by }: Act): string {
  return `discarded=${at}\t${by}\n`
}

/** Where zones forked, a line each. */
export function printForks(forks: ReadonlyMap<string, Serial>): string {
  return [...forks].map(([zone, serial]) => `fork=${zone}\t${serial}\n`).join('')
}

/** Reads any bytes. Nothing of it is known where its version is another, or it was torn before its first line. */
export function parseReplayRecord(bytes: Uint8Array): ReplayRecord | undefined {
  const lines = new KeyLines(bytes)
  if (lines.value('version') !== '1') return undefined
  const replayed = new Map<string, Set<string>>()
  for (const [zone = '', orphan = '', at = '', by] of lines.rows('replayed')) {
    // A line that a crash tore says less than it wanted to.
    if (at === '' || by === undefined) continue
    replayed.set(zone, (replayed.get(zone) ?? new Set()).add(orphan))
  }
  const forks = new Map<string, Serial>()
  for (const [zone = '', serial] of lines.rows('fork')) {
    const count = readCount(serial, SERIAL_MAX)
    if (count !== undefined) forks.set(zone, count as Serial)
  }
  const [discarded] = lines.rows('discarded')
  const [at, by] = discarded ?? []
  return { replayed, forks, discarded: at === undefined || by === undefined ? undefined : { at, by } }
}
