import { fail, type Problem, type Result } from '../../../core/base/index.ts'
import type { Handover } from '../../../core/plan/index.ts'
import { findUnfinishedRun, heldBy } from '../../../io/journal/index.ts'
import { journalCopies } from '../session/copies.ts'
import type { Session } from '../session/session.ts'
import { type HandoverOrder, resolveHandover } from './handover.ts'

/**
 * Who passes the role to whom. Where that can't be told while somebody's run is at work, the run is why: in its middle two
 * servers say that they are active.
 */
export async function handoverIn(
  session: Session,
  order: HandoverOrder,
): Promise<Result<Handover, readonly Problem[]>> {
  const handover = resolveHandover(session, order)
  if (handover.ok) return handover
  if (handover.error.code !== 'cli.active-unclear') return fail([handover.error])
  const found = await findUnfinishedRun(journalCopies(session, []))
  if (!found.ok) return fail([handover.error, found.error])
  const run = found.value
  return fail([run === undefined ? handover.error : heldBy(session.fleet.name, run.lock)])
}
