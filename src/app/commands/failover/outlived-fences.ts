import { type Fleet, peersOf } from '../../../core/fleet/index.ts'
import type { FenceRecord } from '../../../core/snapshot/index.ts'
import { type HistoryEntry, readHistory } from '../../../io/journal/index.ts'
import type { FleetLinks } from '../../../io/observe/index.ts'
import { journalCopies } from '../session/copies.ts'

/** Tells whether a record of a fence is no more than what was left lying on a peer that was away when it ended. */
export type IsOutlived = (record: FenceRecord) => boolean

/** What the history, of this machine and of all peers that can be read, knows of fences. */
export async function readOutlived(links: FleetLinks): Promise<IsOutlived> {
  const { fleet } = links
  const { entries } = await readHistory(journalCopies({ fleet, links }, []), fleet.name)
  return record => isOutlived(fleet, record, entries)
}

/**
 * A fence is over once its run was taken back, or its server took part in a later run that was done: it answered then. One that holds
 * for good never is.
 */
export function isOutlived(fleet: Fleet, record: FenceRecord, history: readonly HistoryEntry[]): boolean {
  if (record.ends === 'never') return false
  return history.some(entry =>
    entry.run === record.run
      ? entry.outcome === 'rolled-back'
      : entry.outcome === 'done' && isLater(entry, record) && tookPart(fleet, entry, record.server),
  )
}

/** By the term where that is enough: the clocks of two desks may differ. */
function isLater({ set, term, began }: HistoryEntry, record: FenceRecord): boolean {
  const isNewTerm = set === record.set && term !== undefined && term > record.term
  return isNewTerm || began > record.recorded
}

/** Every peer that a switchover does not leave out answers; of a failover all but the one that is gone; of a rejoin its two. */
function tookPart(
  fleet: Fleet,
  { operation, set, from, to, leftOut = [] }: HistoryEntry,
  server: string,
): boolean {
  if (set === undefined || leftOut.includes(server)) return false
  const isOfTwo = server === from || server === to
  if (operation === 'rejoin' || operation === 'resolve') return isOfTwo
  const isPeer = isOfTwo || peersOf(fleet, set).some(({ name }) => name === server)
  return operation === 'switchover' ? isPeer : operation === 'failover' && isPeer && server !== from
}
