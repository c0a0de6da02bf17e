import { wasUnwell, writePauseOf } from '../../../io/engine/index.ts'
import { type FoundRun, type Journal, progressOf, type RunOutcome } from '../../../io/journal/index.ts'
import type { RunDocument } from '../../contract/index.ts'
import type { Session } from '../session/session.ts'
import { finishRun } from './run.ts'

/** Its last lines may have come after it was found; that a run had ended the history alone may tell. */
export function endOf(found: FoundRun, { plan, entries }: Journal): RunOutcome | undefined {
  return progressOf(plan, entries()).ended ?? found.progress?.ended
}

/** It died after it had ended, before it could let go. */
export function closeEnded(session: Session, journal: Journal, outcome: RunOutcome): Promise<RunDocument> {
  const writePause = writePauseOf(journal)
  const { turnedBecause, endedBecause = 'a failover took over' } = progressOf(journal.plan, journal.entries())
  switch (outcome) {
    case 'done':
      return finishRun(session, journal, { outcome, unwell: wasUnwell(journal), writePause })
    case 'superseded':
      return finishRun(session, journal, { outcome, because: endedBecause })
    case 'rolled-back': {
      const because = turnedBecause ?? 'a person rolled it back'
      return finishRun(session, journal, { outcome, because, failure: undefined, writePause })
    }
  }
}
