import type { Failure } from '../../core/base/index.ts'
import type { Operation } from '../../core/plan/index.ts'
import { historyPath, JOURNAL_MODE, type JournalCopy } from './copy.ts'
import type { RunOutcome } from './entry.ts'

/** One line of the fleet's history: who did what, why, how long, and how it ended. */
export type HistoryEntry = {
  readonly version: 1
  readonly run: string
  /** Its name: fleet files in one folder share a history. */
  readonly fleet: string
  readonly operation: Operation | 'rescue-apply' | 'rescue-discard'
  readonly set: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
  readonly term: number | undefined
  /** Servers that it did without; nothing where there were none. */
  readonly leftOut?: readonly string[] | undefined
  /** Of a failover: how the old active was kept from writing, as a person or a program told it. */
  readonly fenced?: string | undefined
  readonly by: string
  readonly reason: string | undefined
  /** RFC 3339, UTC. */
  readonly began: string
  readonly elapsedMs: number
  /** From the freeze to writes being open again; nothing when writes never stopped. */
  readonly writePauseMs: number | undefined
  /** The same where several processes were at it: at least so long. */
  readonly writePauseAtLeastMs?: number | undefined
  readonly outcome: RunOutcome
  /** Whether it was done and left something that wants a person; left out where it did not. */
  readonly unwell?: boolean | undefined
  readonly because: string | undefined
  readonly remarks: readonly string[]
  /** Of a rejoin: what was saved, and how much of it the active never received; left out where nothing was. */
  readonly rescues?: readonly string[] | undefined
}

export const HISTORY_READ_MAX = 10_000

/** Written to every copy that takes it; a history that one disk could not keep is on the others. */
export async function writeHistory(
  copies: readonly JournalCopy[],
  entry: HistoryEntry,
): Promise<readonly Failure[]> {
  const content = `${JSON.stringify(entry)}\n`
  const written = await Promise.all(
    copies.map(copy =>
      copy.files.append({ path: historyPath(copy), content, mode: JOURNAL_MODE, user: undefined }),
    ),
  )
  return written.flatMap(result => (result.ok ? [] : [result.error]))
}

/** What all copies know together of a fleet, oldest first. Copies that cannot be read are returned as failures beside. */
export async function readHistory(
  copies: readonly JournalCopy[],
  fleet: string,
): Promise<{ readonly entries: readonly HistoryEntry[]; readonly failures: readonly Failure[] }> {
  const byRun = new Map<string, HistoryEntry>()
  const failures: Failure[] = []
  for (const copy of copies) {
    const read = await copy.files.read(historyPath(copy))
    if (!read.ok) {
      if (read.error.code !== 'hosts.missing') failures.push(read.error)
      continue
    }
    for (const entry of parseHistory(new TextDecoder().decode(read.value)))
      if (entry.fleet === fleet && !byRun.has(entry.run)) byRun.set(entry.run, entry)
  }
  const entries = [...byRun.values()].sort((left, right) => (left.began < right.began ? -1 : 1))
  return { entries: entries.slice(-HISTORY_READ_MAX), failures }
}

function parseHistory(text: string): readonly HistoryEntry[] {
  return text.split('\n').flatMap(line => {
    try {
      const value = JSON.parse(line) as Partial<HistoryEntry>
      return value.version === 1 && typeof value.run === 'string' ? [value as HistoryEntry] : []
    } catch {
      return []
    }
  })
}
