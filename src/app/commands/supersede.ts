import {
  type Failure,
  fail,
  ok,
  type Problem,
  type Refusal,
  type Result,
  refuse,
} from '../../core/base/index.ts'
import { leftOutOf } from '../../core/plan/index.ts'
import { type Journal, progressOf, takeOverRun } from '../../io/journal/index.ts'
import type { RunDocument } from '../contract/index.ts'
import { journalCopies } from './copies.ts'
import type { Interrupted } from './interrupted.ts'
import { currentOperator } from './operator.ts'
import { finishRun } from './run.ts'
import type { Session } from './session.ts'

/** The failover that goes on. */
export type Successor = {
  readonly run: string
  /** The server from which it takes over. */
  readonly from: string
  readonly without: readonly string[]
  readonly begin: (after: Journal) => Promise<Result<RunDocument, readonly Problem[]>>
}

/**
 * Ends a run because a failover goes on from where it stands: its holder is replaced, its journal and the history say by whom it was
 * ended and why, and its locks become those of the failover, which begins then. Nothing on any server is changed between.
 */
export async function supersede(
  session: Session,
  interrupted: Interrupted,
  by: Successor,
): Promise<Result<RunDocument, readonly Problem[]>> {
  const { plan, entries } = interrupted.found
  const copies = journalCopies(session, [...by.without, ...leftOutOf(plan)])
  const { clock } = session.links
  const holder = currentOperator()
  const journal = await takeOverRun({ plan, copies, clock, holder, entries })
  if (!journal.ok) return fail([journal.error])
  const same = stillThere(interrupted, journal.value)
  if (!same.ok) return fail([same.error])
  const lost = plan.operation === 'failover' ? plan.handover?.to : (interrupted.from ?? by.from)
  const because = `${lost} was lost, and ${by.run} by ${holder.by} took over`
  const ended = await journal.value.write({ kind: 'ended', outcome: 'superseded', because }, 'every-copy')
  if (!ended.ok) return fail([ended.error])
  const began = await by.begin(journal.value)
  const finished = await finishRun(session, journal.value, { outcome: 'superseded', because })
  if (!began.ok) return fail([...began.error, ...finished.problems])
  return ok({ ...began.value, problems: [...began.value.problems, ...finished.problems] })
}

/** Whoever held it may have gone on until we did: then it stands where the plan of the failover does not begin. */
function stillThere(seen: Interrupted, { plan, entries }: Journal): Result<void, Refusal | Failure> {
  const progress = progressOf(plan, entries())
  const before = seen.found.progress?.steps ?? []
  const isSame = progress.ended === undefined && progress.steps.every((step, index) => step === before[index])
  if (isSame) return ok(undefined)
  return fail(
    refuse({
      code: 'cli.changed-meanwhile',
      subject: plan.run,
      because: progress.ended === undefined ? 'it went on just now' : 'it has ended just now',
      remedy: 'Look at `baton status` and order it again if it is still wanted.',
    }),
  )
}
