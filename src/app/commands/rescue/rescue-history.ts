import type { Failure } from '../../../core/base/index.ts'
import type { Act } from '../../../core/rescue/index.ts'
import { type HistoryEntry, writeHistory } from '../../../io/journal/index.ts'
import type { SavedRescue } from '../../../io/rescue/index.ts'
import { journalCopies } from '../session/copies.ts'
import { newRunId } from '../session/operator.ts'
import type { Session } from '../session/session.ts'

/** What was done with a rescue, by whom, and what came of it. */
export type RescueDeed = Pick<HistoryEntry, 'set' | 'to' | 'term' | 'reason' | 'elapsedMs' | 'unwell'> & {
  readonly operation: 'rescue-apply' | 'rescue-discard'
  readonly rescue: SavedRescue
  readonly act: Act
  readonly remarks: readonly string[]
}

/** Puts it into the history of the fleet, where the runs are. */
export function writeRescueHistory(session: Session, deed: RescueDeed): Promise<readonly Failure[]> {
  const { operation, rescue, act, remarks, ...rest } = deed
  return writeHistory(journalCopies(session, []), {
    version: 1,
    run: newRunId(operation),
    fleet: session.fleet.name,
    operation,
    from: rescue.server,
    by: act.by,
    began: act.at,
    writePauseMs: undefined,
    outcome: 'done',
    because: undefined,
    remarks: [`rescue of term ${rescue.place}`, ...remarks],
    ...rest,
  })
}
