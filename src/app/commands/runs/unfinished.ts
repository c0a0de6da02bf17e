import { fail, ok, type Problem, type Refusal, type Result } from '../../../core/base/index.ts'
import { findServer } from '../../../core/fleet/index.ts'
import { isOperation, leftOutOf } from '../../../core/plan/index.ts'
import { canGoBack, completeRecord, findBegun, turnBack } from '../../../io/engine/index.ts'
import { type FoundRun, progressOf, releaseLocks } from '../../../io/journal/index.ts'
import type { RunDocument } from '../../contract/index.ts'
import { fenceInRun } from '../failover/fence-in-run.ts'
import { type FenceWords, knowServers } from '../failover/fences.ts'
import { type AskedLife, seeAlive } from '../handover/see-alive.ts'
import { goesBackWithout, isUntouched } from '../rejoin/left-behind.ts'
import { journalCopies } from '../session/copies.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { type RecordedFind, withFoundRun } from '../session/with-found-run.ts'
import { blankRun } from './blank-run.ts'
import { closeEnded, endOf } from './close-ended.ts'
import { carryOut, finishRun, groundFor, type RunWatch } from './run.ts'
import { seeGoneOn } from './see-gone-on.ts'
import { takeUp } from './take-up.ts'
import {
  isNeeded,
  needsFenced,
  needsServers,
  notBegun,
  otherSources,
  pastReturn,
  planless,
} from './unfinished-refusals.ts'

export type UnfinishedOptions = SessionOptions &
  FenceWords & {
    /** A person says that whoever held the run is gone. */
    readonly takeOver: boolean
    /** Of a rollback: servers that are lost, where nothing is taken back. */
    readonly without?: readonly string[] | undefined
    readonly watch: RunWatch
  }

/** Takes the unfinished run to its end, in the direction in which it was going. */
export function resume(options: UnfinishedOptions): Promise<Result<RunDocument, readonly Problem[]>> {
  return withUnfinished(options, 'on', async (session, { found }, take) => {
    const said = knowServers(session, options)
    if (!said.ok) return fail([said.error])
    const fencedNames = [...(options.fencedByName?.keys() ?? [])]
    const needed = fencedNames.find(name => isNeeded(found, name))
    if (needed !== undefined) return fail([needsFenced(found, needed)])
    const held = await take()
    if (!held.ok) return held
    const { journal } = held.value
    const ended = endOf(found, journal)
    if (ended !== undefined) return ok(await closeEnded(session, journal, ended))
    const fenced = await fenceInRun(groundFor(session, held.value, options.watch), options)
    if (!fenced.ok) return fail([fenced.error])
    return ok(await carryOut(session, held.value, options.watch))
  })
}

/** Takes the unfinished run back to where it began, as long as writes are not open on the new active. */
export function rollback(options: UnfinishedOptions): Promise<Result<RunDocument, readonly Problem[]>> {
  return withUnfinished(options, 'back', async (session, { found }, take) => {
    const { without = [] } = options
    if (found.plan === undefined)
      return without.length > 0 ? fail([planless(found)]) : ok(await releasePlanless(session, found))
    const held = await take()
    if (!held.ok) return held
    const { journal } = held.value
    const ended = endOf(found, journal)
    if (ended !== undefined) return ok(await closeEnded(session, journal, ended))
    const { watch } = options
    const context = groundFor(session, held.value, watch)
    // Where nobody held it before nothing began.
    const begun = journal.generation > 1 ? await findBegun(context, journal, without) : ok([])
    const isLost = !begun.ok || begun.value.length > 0
    // The files of a fleet that has gone on tell nothing of this run.
    if (isLost && (await seeGoneOn(session, found, 'on')) === undefined) {
      const completed = begun.ok ? await completeRecord(journal, begun.value) : begun
      if (!completed.ok) return fail([completed.error])
    }
    // Whoever held it may have gone on until we did.
    const now = { ...found, progress: progressOf(journal.plan, journal.entries()) }
    if (without.length > 0 && !goesBackWithout(now, without)) return fail([needsServers(now, without)])
    if (without.length === 0 && !canGoBack(journal.plan, journal.entries())) return fail([pastReturn(found)])
    watch.onPlan(journal.plan)
    const execution = { context, journal, onEvent: watch.onEvent, without }
    const because = `a person rolled it back${without.length > 0 ? ` without ${without.join(', ')}` : ''}`
    return ok(await finishRun(session, journal, await turnBack(execution, because, undefined)))
  })
}

type Act = (
  session: Session,
  run: RecordedFind,
  take: () => ReturnType<typeof takeUp>,
) => Promise<Result<RunDocument, readonly Problem[]>>

function withUnfinished(
  options: UnfinishedOptions,
  way: Way,
  act: Act,
): Promise<Result<RunDocument, readonly Problem[]>> {
  const { without = [] } = options
  const leftOut = way === 'on' ? [...(options.fencedByName?.keys() ?? [])] : without
  return withFoundRun({ ...options, leftOut }, async (session, run) => {
    const { takeOver, watch } = options
    for (const name of without) {
      const known = findServer(session.fleet, name)
      if (!known.ok) return fail([known.error])
    }
    const life = takeOver ? 'not-asked' : 'watched'
    const hindrance = await hindranceTo(session, run.found, { way, without, life, onAsk: watch.onAsk })
    if (hindrance !== undefined) return fail([hindrance])
    const before = takeOver ? 'said-gone' : 'not-told'
    return act(session, run, () => takeUp(session, run, { leftOut, way, life: before }))
  })
}

/** Where an unfinished run is to be taken: to its end in the direction it has, or back whatever that is. */
export type Way = 'on' | 'back'

/** Where it is taken, or that a failover ends it where it stands; and which lost servers it is taken back without. */
type Direction = { readonly way: Way | 'over'; readonly without?: readonly string[] | undefined }

/** Why a run cannot be ended that way now; what `resume` and `rollback` refuse before they touch anything. */
export async function hindranceTo(
  session: Session,
  found: FoundRun,
  { way, without = [], ...asked }: Direction & AskedLife,
): Promise<Refusal | undefined> {
  const { plan, entries } = found
  if (plan === undefined && way === 'on') return planless(found)
  // Once it has turned, to go on is to go back.
  if (way === 'on' && isUntouched(found) && found.progress?.direction === 'forward') return notBegun(found)
  if (without.length > 0 && !goesBackWithout(found, without)) return needsServers(found, without)
  const isPast = plan !== undefined && without.length === 0 && !canGoBack(plan, entries)
  if (way === 'back' && isPast) return pastReturn(found)
  if (plan?.fingerprint !== undefined && plan.fingerprint !== session.fingerprint) return otherSources(found)
  const copies = journalCopies(session, [...without, ...(plan === undefined ? [] : leftOutOf(plan))])
  const alive = await seeAlive(session, copies, { found, ...asked })
  return alive ?? (way === 'over' ? undefined : seeGoneOn(session, found, way))
}

/** Every copy has the plan before any peer is locked, so without one nothing was done: the locks are all there is. */
async function releasePlanless(session: Session, found: FoundRun): Promise<RunDocument> {
  const { run, operation } = found.lock
  const problems = await releaseLocks(journalCopies(session, []), run, { damaged: 'released' })
  const because = 'it had not done anything yet'
  return blankRun({ run, operation: operationNamed(operation), outcome: 'rolled-back', because, problems })
}

/** A lock is a text file, and may say anything. */
function operationNamed(word: string): RunDocument['operation'] {
  return isOperation(word) ? word : 'switchover'
}
