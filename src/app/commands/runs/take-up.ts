import { fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { leftOutOf } from '../../../core/plan/index.ts'
import {
  type JournalCopy,
  lifeOf,
  readHolder,
  type TakeOver,
  takeOverRun,
} from '../../../io/journal/index.ts'
import { journalCopies } from '../session/copies.ts'
import { currentOperator } from '../session/operator.ts'
import type { Session } from '../session/session.ts'
import type { RecordedFind } from '../session/with-found-run.ts'
import type { HeldRun } from './run.ts'
import { heldBesides } from './run-record.ts'
import { planless } from './unfinished-refusals.ts'

type TakingUp = {
  readonly leftOut: readonly string[]
  readonly way: 'on' | 'back'
  readonly life: 'said-gone' | 'not-told'
}

/** Becomes the holder of an unfinished run. On the way back a disk that takes nothing keeps nobody from it, once its last holder is gone. */
export async function takeUp(
  session: Session,
  { found, record }: RecordedFind,
  { leftOut, way, life }: TakingUp,
): Promise<Result<HeldRun, readonly Problem[]>> {
  const { plan, entries } = found
  if (plan === undefined || record === undefined) return fail([planless(found)])
  const copies = journalCopies(session, [...leftOut, ...leftOutOf(plan)])
  const { clock } = session.links
  const { beside } = record
  const holds = heldBesides(session, plan).filter(({ name }) => !leftOut.includes(name))
  const isBack = way === 'back' || found.progress?.direction === 'back'
  const journal = await takeOverRun({
    plan,
    copies,
    holds,
    beside,
    clock,
    holder: currentOperator(),
    entries,
    ended: found.progress?.ended,
    // On the way on every disk is needed.
    before: isBack ? await lifeBefore(copies, plan.run, life) : undefined,
  })
  return journal.ok ? ok({ journal: journal.value, record }) : fail([journal.error])
}

async function lifeBefore(
  copies: readonly JournalCopy[],
  run: string,
  life: TakingUp['life'],
): Promise<TakeOver['before']> {
  if (lifeOf(await readHolder(copies, run)) === 'gone') return 'gone'
  return life === 'said-gone' ? 'said' : undefined
}
