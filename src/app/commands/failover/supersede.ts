import {
  type Failure,
  fail,
  ok,
  type Problem,
  type Refusal,
  type Result,
  refuse,
} from '../../../core/base/index.ts'
import { leftOutOf } from '../../../core/plan/index.ts'
import { type Journal, progressOf, takeOverRun } from '../../../io/journal/index.ts'
import type { RunDocument } from '../../contract/index.ts'
import { journalCopies } from '../session/copies.ts'
import { currentOperator } from '../session/operator.ts'
import type { Session } from '../session/session.ts'
import type { Interrupted } from './interrupted.ts'

/** The failover that goes on. */
export type Successor = {
  readonly without: readonly string[]
  readonly begin: (after: Journal) => Promise<Result<RunDocument, readonly Problem[]>>
}

/**
 * Takes over a run from which a failover goes on, and begins that: the locks become those of the failover, so that nobody comes between.
 * Nothing on any server is changed between. The run is ended by the failover once that is done (`endSuperseded`); until then
 * it is unfinished, and has its locks back where the failover does not begin or is taken back.
 */
export async function supersede(
  session: Session,
  interrupted: Interrupted,
  by: Successor,
): Promise<Result<RunDocument, readonly Problem[]>> {
  const { plan, entries } = interrupted.found
  const copies = journalCopies(session, [...by.without, ...leftOutOf(plan)])
  const { clock } = session.links
  const journal = await takeOverRun({ plan, copies, clock, holder: currentOperator(), entries })
  if (!journal.ok) return fail([journal.error])
  const same = stillThere(interrupted, journal.value)
  return same.ok ? by.begin(journal.value) : fail([same.error])
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
