import { fail, ok, type Problem, type Refusal, type Result } from '../../core/base/index.ts'
import { type Fencing, runChecks, stoppersOf } from '../../core/plan/index.ts'
import type { Snapshot } from '../../core/snapshot/index.ts'
import { memoryOf } from '../../io/engine/index.ts'
import { LOOK_DEADLINE_MS, observe, QUESTION_DEADLINE_MS, seeActiveThrough } from '../../io/observe/index.ts'
import { amongOurs } from './among-ours.ts'
import { observeFor } from './check.ts'
import { type FailoverHandover, type FailoverHandoverOrder, resolveFailover } from './failover-handover.ts'
import { findLosses, nothingLost } from './failover-losses.ts'
import { failoverPlan, handoverOf } from './failover-plan.ts'
import { resolveSet } from './handover.ts'
import { findInterrupted, type Interrupted, interruptedInWords, sessionFor } from './interrupted.ts'
import { type PreparedRun, planDocument, prepareInSession, warningsOf } from './prepared.ts'
import { startRun } from './run.ts'
import type { Session, SessionOptions } from './session.ts'
import { supersede } from './supersede.ts'

export type FailoverOptions = SessionOptions &
  FailoverHandoverOrder & {
    readonly reason: string | undefined
    /** How a person made sure that the server that is gone takes no writes. */
    readonly fenced: string | undefined
    /** Whether serials are raised by the step of the policy before writes open, or stay as they are. */
    readonly serials: 'raised' | 'kept'
    /** A person says that whoever held an unfinished switchover is gone. */
    readonly takeOver: boolean
  }

/** Looks who is left, checks, and plans. Whoever gets a prepared run must close it. */
export function prepareFailover(options: FailoverOptions): Promise<Result<PreparedRun, readonly Problem[]>> {
  const prepare = amongOurs<PreparedRun>(session => prepareIn(session, options), options.without)
  return prepareInSession({ questionMs: LOOK_DEADLINE_MS, basis: 'pushed', ...options }, prepare)
}

/** A server that is gone costs as long as it is waited for, so the first looks are short; those that follow are not. */
async function prepareIn(
  opened: Session,
  options: FailoverOptions,
): Promise<Result<PreparedRun, readonly Problem[]>> {
  const { rendered, fleet } = opened
  const first = await observe(opened.links, { rendered, preflight: new Map() })
  const session = { ...opened, links: opened.links.within({ questionMs: QUESTION_DEADLINE_MS }) }
  const ending = await endingOf(session, first, options)
  if (!ending.ok) return fail([ending.error])
  const { handover, interrupted } = ending.value
  const planning = interrupted === undefined ? session : sessionFor(session, interrupted)
  const fencing = fencingOf(options.fenced, fleet.fence)
  const { outcomes, snapshot, contacts } = await checkFailover(planning, {
    handover,
    fencing,
    first,
    interrupted,
  })
  const stoppers = stoppersOf(outcomes)
  if (stoppers.length > 0 || fencing === undefined) return fail(stoppers)
  const plan = failoverPlan(planning, { handover, fencing, options, interrupted })
  if (!plan.ok) return plan
  const losses =
    interrupted?.left === 'active'
      ? nothingLost(handover)
      : await findLosses(session, { handover, snapshot, contacts })
  const document = planDocument(plan.value, [
    ...(interrupted === undefined ? [] : [interruptedInWords(interrupted)]),
    ...session.remarks,
    ...warningsOf(outcomes),
  ])
  return ok({
    plan: plan.value,
    document: { ...document, choice: handover.choice ?? null, losses },
    checks: outcomes,
    start: async watch => {
      const memory = memoryOf(snapshot, handoverOf(handover))
      if (interrupted === undefined) return startRun(session, { plan: plan.value, memory }, watch)
      const { run } = plan.value
      const ended = await supersede(session, interrupted, { run, without: handoverOf(handover).without })
      return ended.ok ? startRun(session, { plan: plan.value, memory, heldBy: 'us' }, watch) : ended
    },
    close: session.close,
  })
}

type Ending = { readonly handover: FailoverHandover; readonly interrupted: Interrupted | undefined }

/** Who takes over from whom. Where a switchover lost a server on the way, it tells better than the servers do. */
async function endingOf(
  session: Session,
  first: Snapshot,
  options: FailoverOptions,
): Promise<Result<Ending, Refusal>> {
  const set = resolveSet(session, options.set)
  if (!set.ok) return set
  const { from, to, takeOver } = options
  const found = await findInterrupted(session, first, { set: set.value, from, to, takeOver })
  if (!found.ok) return found
  const interrupted = found.value
  if (interrupted === undefined) {
    const handover = resolveFailover(session, first, options)
    return handover.ok ? ok({ handover: handover.value, interrupted }) : handover
  }
  const known = { from: interrupted.from, to: interrupted.to ?? to }
  const handover = resolveFailover(session, first, { ...options, ...known })
  if (!handover.ok) return handover
  const newest = Math.max(handover.value.termBefore, interrupted.term)
  const termBefore = interrupted.left === 'active' ? interrupted.term - 1 : newest
  return ok({ handover: { ...handover.value, termBefore }, interrupted })
}

/** A person's word counts before the program: whoever gives it has seen to it already. */
function fencingOf(words: string | undefined, program: string | undefined): Fencing | undefined {
  if (words !== undefined) return { kind: 'word', words }
  return program === undefined ? undefined : { kind: 'program', program }
}

type FailoverChecks = {
  readonly handover: FailoverHandover
  readonly fencing: Fencing | undefined
  readonly first: Snapshot
  readonly interrupted: Interrupted | undefined
}

/**
 * The new active is asked everything, and at the same time the others are asked about the old one; that one need not be
 * waited for twice.
 */
async function checkFailover(
  session: Session,
  { handover, fencing, first, interrupted: ended }: FailoverChecks,
) {
  const { fleet, rendered, expected, links } = session
  const { set, from, to, survivors, absent } = handover
  const interrupted = ended?.found.plan.run
  const zones = (rendered.get(to)?.zones ?? []).filter(zone => zone.set === set)
  const subject = {
    operation: 'failover',
    set,
    from,
    to,
    survivors,
    absent,
    fencing,
    interrupted,
    sightings: [],
  } as const
  const others = { ...links, servers: links.servers.filter(({ server }) => server.name !== from) }
  const [through, seen] = await Promise.all([
    seeActiveThrough(links, { to, zones, survivors, snapshot: first }),
    observeFor({ ...session, links: others }, subject),
  ])
  const old = first.servers.get(from)
  const snapshot: Snapshot =
    old === undefined ? seen : { ...seen, servers: new Map([[from, old], ...seen.servers]) }
  const { sightings, contacts } = through
  const context = { fleet, rendered, expected, snapshot, subject: { ...subject, sightings } }
  return { outcomes: runChecks(context), snapshot, contacts }
}
