import { type HistoryEntry, readHistory } from '../../../io/journal/index.ts'
import { journalCopies } from '../session/copies.ts'
import type { Session } from '../session/session.ts'

/**
 * Peer → zone set → the newest term in which the history has it. Both peers of a run knew its term when it was done; of a failover only
 * the new active did.
 */
export async function readTermsReached(
  session: Session,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const { entries } = await readHistory(journalCopies(session, []), session.fleet.name)
  const reached = new Map<string, Map<string, number>>()
  for (const entry of entries) {
    const { set, term } = entry
    if (set === undefined || term === undefined || entry.outcome !== 'done') continue
    for (const peer of peersIn(entry)) {
      const terms = reached.get(peer) ?? new Map<string, number>()
      reached.set(peer, terms.set(set, Math.max(term, terms.get(set) ?? 0)))
    }
  }
  return reached
}

function peersIn({ operation, from, to }: HistoryEntry): readonly string[] {
  const knew = operation === 'failover' ? [to] : [from, to]
  return knew.filter(name => name !== undefined)
}
