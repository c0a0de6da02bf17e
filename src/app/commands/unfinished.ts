import { fail, ok, type Problem, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import { blankMemory, canGoBack, turnBack, wasUnwell, writePauseOf } from '../../io/engine/index.ts'
import {
  type FoundRun,
  type Holder,
  type Journal,
  type JournalCopy,
  progressOf,
  type RunOutcome,
  readHolder,
  releaseLocks,
  SILENCE_MAX_MS,
  takeOverRun,
} from '../../io/journal/index.ts'
import type { RunDocument } from '../contract/index.ts'
import { blankRun } from './blank-run.ts'
import { journalCopies } from './copies.ts'
import { fenceInRun } from './fence-in-run.ts'
import { type FenceWords, knowServers } from './fences.ts'
import { currentOperator } from './operator.ts'
import { carryOut, contextFor, finishRun, type RunWatch } from './run.ts'
import type { Session, SessionOptions } from './session.ts'
import { withFoundRun } from './with-found-run.ts'

export type UnfinishedOptions = SessionOptions &
  FenceWords & {
    /** A person says that whoever held the run is gone. */
    readonly takeOver: boolean
    readonly watch: RunWatch
  }

/** Takes the unfinished run to its end, in the direction in which it was going. */
export function resume(options: UnfinishedOptions): Promise<Result<RunDocument, readonly Problem[]>> {
  return withUnfinished(options, 'on', async (session, found) => {
    const said = knowServers(session, options)
    if (!said.ok) return fail([said.error])
    const journal = await takeOver(session, found, [...(options.fencedByName?.keys() ?? [])])
    if (!journal.ok) return journal
    const ended = found.progress?.ended
    if (ended !== undefined) return ok(await closeEnded(session, journal.value, ended))
    const fenced = await fenceInRun(contextFor(session, journal.value, options.watch), options)
    if (!fenced.ok) return fail([fenced.error])
    return ok(await carryOut(session, { journal: journal.value, memory: blankMemory() }, options.watch))
  })
}

/** Takes the unfinished run back to where it began, as long as writes are not open on the new active. */
export function rollback(options: UnfinishedOptions): Promise<Result<RunDocument, readonly Problem[]>> {
  return withUnfinished(options, 'back', async (session, found) => {
    if (found.plan === undefined) return ok(await releasePlanless(session, found))
    const journal = await takeOver(session, found)
    if (!journal.ok) return journal
    const ended = found.progress?.ended
    if (ended !== undefined) return ok(await closeEnded(session, journal.value, ended))
    if (!canGoBack(journal.value.plan, journal.value.entries())) return fail([pastReturn(found)])
    const { watch } = options
    const context = contextFor(session, journal.value, watch)
    watch.onPlan(journal.value.plan)
    const execution = { context, journal: journal.value, onEvent: watch.onEvent }
    const end = await turnBack(execution, 'a person rolled it back', undefined)
    return ok(await finishRun(session, journal.value, end))
  })
}

type Act = (session: Session, found: FoundRun) => Promise<Result<RunDocument, readonly Problem[]>>

function withUnfinished(
  options: UnfinishedOptions,
  way: Way,
  act: Act,
): Promise<Result<RunDocument, readonly Problem[]>> {
  return withFoundRun(options, async (session, found) => {
    const { takeOver } = options
    const hindrance = await hindranceTo(session, found, { way, takeOver })
    return hindrance === undefined ? act(session, found) : fail([hindrance])
  })
}

/** Where an unfinished run is to be taken: to its end in the direction it has, or back whatever that is. */
export type Way = 'on' | 'back'

/** Why a run cannot be ended that way now; what `resume` and `rollback` refuse before they touch anything. */
export async function hindranceTo(
  session: Session,
  found: FoundRun,
  { way, takeOver }: { readonly way: Way; readonly takeOver: boolean },
): Promise<Refusal | undefined> {
  const { plan, entries } = found
  if (plan === undefined && way === 'on') return planless(found)
  if (plan !== undefined && way === 'back' && !canGoBack(plan, entries)) return pastReturn(found)
  if (plan !== undefined && plan.fingerprint !== session.fingerprint) return otherSources(found)
  const copies = journalCopies(session, plan?.handover?.without ?? [])
  return takeOver ? undefined : seeAlive(session, copies, found)
}

async function takeOver(
  session: Session,
  found: FoundRun,
  fenced: readonly string[] = [],
): Promise<Result<Journal, readonly Problem[]>> {
  const { plan, entries } = found
  if (plan === undefined) return fail([planless(found)])
  const copies = journalCopies(session, [...fenced, ...(plan.handover?.without ?? [])])
  const { clock } = session.links
  const journal = await takeOverRun({ plan, copies, clock, holder: currentOperator(), entries })
  return journal.ok ? journal : fail([journal.error])
}

/** A process of this machine can be asked; of one elsewhere only its last line in the journal tells. */
async function seeAlive(
  session: Session,
  copies: readonly JournalCopy[],
  { lock, entries }: FoundRun,
): Promise<Refusal | undefined> {
  const holder = (await readHolder(copies, lock.run)) ?? holderOf(lock)
  if (holder?.machine === currentOperator().machine) {
    if (!isRunning(holder.pid)) return undefined
    return runAlive(lock.run, `process ${holder.pid} of ${holder.by} is running on this machine`)
  }
  const last = entries.at(-1)?.at ?? Date.parse(lock.since)
  const quietMs = Number.isNaN(last) ? Number.POSITIVE_INFINITY : session.links.clock.now() - last
  if (quietMs > SILENCE_MAX_MS) return undefined
  return runAlive(lock.run, `${lock.holder} wrote to its journal ${Math.round(quietMs / 1000)} s ago`)
}

/** Whoever died before any copy knew its holder left what the lock says. */
function holderOf({ holder: by, process: pid }: FoundRun['lock']): Holder | undefined {
  const machine = by.slice(by.lastIndexOf('@') + 1)
  return pid === undefined ? undefined : { by, machine, pid }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** It died after it had ended, before it could let go. */
function closeEnded(session: Session, journal: Journal, outcome: RunOutcome): Promise<RunDocument> {
  const writePauseMs = writePauseOf(journal)
  const { turnedBecause, endedBecause = 'a failover took over' } = progressOf(journal.plan, journal.entries())
  switch (outcome) {
    case 'done':
      return finishRun(session, journal, { outcome, unwell: wasUnwell(journal), writePauseMs })
    case 'superseded':
      return finishRun(session, journal, { outcome, because: endedBecause })
    case 'rolled-back': {
      const because = turnedBecause ?? 'a person rolled it back'
      return finishRun(session, journal, { outcome, because, failure: undefined, writePauseMs })
    }
  }
}

/** Every copy has the plan before the first step, so without one nothing was done: the locks are all there is. */
async function releasePlanless(session: Session, found: FoundRun): Promise<RunDocument> {
  const { run, operation } = found.lock
  const problems = await releaseLocks(journalCopies(session, []), run)
  const because = 'it had not done anything yet'
  return blankRun({ run, operation: operationNamed(operation), outcome: 'rolled-back', because, problems })
}

/** A lock is a text file, and may say anything. */
function operationNamed(word: string): RunDocument['operation'] {
  const known: readonly RunDocument['operation'][] = ['push', 'failover', 'rejoin', 'resolve']
  return known.find(operation => operation === word) ?? 'switchover'
}

function planless({ lock }: FoundRun): Refusal {
  return refuse({
    code: 'engine.plan-missing',
    subject: lock.run,
    because: 'no copy of its plan can be read, so it had not done anything yet',
    remedy: '`baton rollback` gives the locks back.',
  })
}

function pastReturn({ lock }: FoundRun): Refusal {
  const isRejoin = lock.operation === 'rejoin' || lock.operation === 'resolve'
  return refuse({
    code: 'engine.past-return',
    subject: lock.run,
    because: isRejoin
      ? 'the returning server has nothing to go back to but what was saved of it'
      : 'the new active takes writes already',
    remedy: isRejoin ? '`baton resume` ends it.' : '`baton resume` ends it; then switch over back.',
  })
}

function otherSources({ lock }: FoundRun): Refusal {
  return refuse({
    code: 'engine.other-sources',
    subject: lock.run,
    because: 'your fleet folder renders to something else than the one it began with',
    remedy: `Use the fleet folder as it was then: that of ${lock.holder} may be. \`baton diff\` shows in what yours differs from the servers; take that back, end the run, and then push it.`,
  })
}

function runAlive(run: string, because: string): Refusal {
  return refuse({
    code: 'engine.run-alive',
    subject: run,
    because,
    remedy: 'Wait for it. If you know that it is gone: --take-over.',
  })
}
