import { fail, ok, type Problem, type Result } from '../../core/base/index.ts'
import { releaseLocks, takeOverRun } from '../../io/journal/index.ts'
import { journalCopies } from './copies.ts'
import type { Interrupted } from './interrupted.ts'
import { currentOperator } from './operator.ts'
import { finishRun } from './run.ts'
import type { Session } from './session.ts'

/**
 * Ends a switchover because a failover goes on from where it stands: its holder is replaced, its journal and the history say
 * by whom it was ended and why, and the fleet is free. Nothing on any server is changed.
 */
export async function supersede(
  session: Session,
  { found, from }: Interrupted,
  by: { readonly run: string; readonly without: readonly string[] },
): Promise<Result<void, readonly Problem[]>> {
  const { plan, entries } = found
  const copies = journalCopies(session, [...by.without, ...(plan.handover?.without ?? [])])
  const { clock } = session.links
  const holder = currentOperator()
  const journal = await takeOverRun({ plan, copies, clock, holder, entries })
  if (!journal.ok) return fail([journal.error])
  const because = `${from} was lost, and ${by.run} by ${holder.by} took over`
  const ended = await journal.value.write({ kind: 'ended', outcome: 'superseded', because }, 'every-copy')
  if (!ended.ok) return fail([ended.error])
  const finished = await finishRun(session, journal.value, { outcome: 'superseded', because })
  if (finished.problems.length > 0) return fail(finished.problems)
  // Where the files of the server that is gone can still be reached, its lock need not wait for its return.
  await releaseLocks(journalCopies(session, []), plan.run)
  return ok(undefined)
}
