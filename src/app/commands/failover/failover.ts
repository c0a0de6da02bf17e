import { type Failure, fail, ok, type Problem, type Refusal, type Result } from '../../../core/base/index.ts'
import { type Fences, type Fencing, isNoPrimary, runChecks, stoppersOf } from '../../../core/plan/index.ts'
import { activeAsRemoved, type Snapshot } from '../../../core/snapshot/index.ts'
import { checkedSerials } from '../../../io/engine/index.ts'
import type { Journal } from '../../../io/journal/index.ts'
import {
  LOOK_DEADLINE_MS,
  observe,
  QUESTION_DEADLINE_MS,
  seeActiveThrough,
  seePresence,
} from '../../../io/observe/index.ts'
import { resolveSet } from '../handover/handover.ts'
import { type PreparedRun, planDocument, prepareInSession, warningsOf } from '../handover/prepared.ts'
import { observeFor, passed } from '../look/check.ts'
import { overPush } from '../push/over-push.ts'
import { startRun } from '../runs/run.ts'
import { amongOurs } from '../session/among-ours.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { type FailoverHandover, type FailoverHandoverOrder, resolveFailover } from './failover-handover.ts'
import { findLosses, nothingLost } from './failover-losses.ts'
import { failoverPlan, handoverOf } from './failover-plan.ts'
import { readFenceTerms } from './fence-terms.ts'
import { despiteAnswers, fencesBeside, fencesIn, PRESENCE_DEADLINE_MS } from './fences.ts'
import { asTold, findInterrupted, type Interrupted, interruptedInWords, sessionFor } from './interrupted.ts'
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
  const { fleet } = opened
  const first = await observe(opened.links, { rendered: opened.rendered, preflight: new Map() })
  const own = { ...opened, links: opened.links.within({ questionMs: QUESTION_DEADLINE_MS }) }
  const ending = await endingOf(own, first, options)
  if (!ending.ok) return fail([ending.error])
  const { handover, interrupted, unclear } = ending.value
  const pushed = await overPush(own, interrupted?.found, handover.to)
  if (!pushed.ok) return fail([pushed.error])
  const session = pushed.value
  const { rendered } = session
  const planning = interrupted === undefined ? session : sessionFor(session, interrupted)
  const fencing =
    fencingOf(options.fencedByName?.get(handover.from) ?? options.fenced, fleet.fence) ??
    fencingBefore(session, handover.from, interrupted)
  const said = fencesBeside(fencesIn(session, options), handover.from, handover.to)
  const fences = await despiteAnswers(session, said, options)
  const { despiteAnswer = [] } = options
  const asked = { handover, fencing, fences, interrupted, despiteAnswer }
  const { outcomes, snapshot, contacts, isProven } = await checkFailover(planning, { ...asked, first })
  const at = session.links.clock.elapsed()
  const stoppers = stoppersOf(outcomes)
  if (stoppers.length > 0 || (fencing === undefined && !isProven)) return fail(stoppers)
  const ofOld = isProven || fencing === undefined ? NO_FENCE : new Map([[handover.from, fencing]])
  const kept = (await despiteAnswers(session, ofOld, options)).get(handover.from)
  const plan = failoverPlan(planning, {
    handover,
    fencing: kept,
    fences,
    options,
    interrupted,
  })
  if (!plan.ok) return plan
  const losses =
    interrupted?.left === 'active'
      ? nothingLost(handover)
      : await findLosses(session, { handover, snapshot, contacts })
  const document = planDocument(plan.value, [
    ...(interrupted === undefined ? [] : [interruptedInWords(interrupted)]),
    ...session.remarks,
    ...unclear,
    ...warningsOf(outcomes),
  ])
  const { run } = plan.value
  const again = async () => {
    const look = await observe(opened.links, { rendered, preflight: new Map() })
    const answers = await checkFailover(planning, { ...asked, first: look, holding: run })
    return passed(answers.outcomes)
  }
  const checked = { at, again }
  return ok({
    plan: plan.value,
    document: { ...document, choice: handover.choice ?? null, losses },
    checks: outcomes,
    start: async watch => {
      const order = { plan: plan.value, seen: checkedSerials(snapshot, handoverOf(handover)), checked }
      if (interrupted === undefined) return startRun(session, order, watch)
      const { without } = handoverOf(handover)
      const begin = (after: Journal) => startRun(session, { ...order, after }, watch)
      return supersede(session, interrupted, { without, begin })
    },
    close: session.close,
  })
}

type Ending = {
  readonly handover: FailoverHandover
  readonly interrupted: Interrupted | undefined
  /** Records of fences that are none. */
  readonly unclear: readonly string[]
}

/** Who takes over from whom. Where a switchover lost a server on the way, it tells better than the servers do. */
async function endingOf(
  session: Session,
  first: Snapshot,
  options: FailoverOptions,
): Promise<Result<Ending, Refusal | Failure>> {
  const set = resolveSet(session, options.set)
  if (!set.ok) return set
  const { from, to, takeOver } = options
  const written = await readFenceTerms(session, first)
  if (!written.ok) return written
  const { terms, unclear } = written.value
  const found = await findInterrupted(session, first, { set: set.value, from, to, takeOver })
  if (!found.ok) return found
  const interrupted = found.value
  if (interrupted === undefined) {
    const handover = resolveFailover(session, first, { ...options, terms })
    return handover.ok ? ok({ handover: handover.value, interrupted, unclear }) : handover
  }
  const known = { from: interrupted.from ?? from, to: interrupted.to ?? to }
  const handover = resolveFailover(session, first, { ...options, ...known, terms })
  if (!handover.ok) return handover
  const newest = Math.max(handover.value.termBefore, interrupted.term)
  const termBefore = interrupted.left === 'active' ? interrupted.term - 1 : newest
  return ok({
    handover: { ...handover.value, termBefore },
    interrupted: asTold(interrupted, handover.value.to),
    unclear,
  })
}

/** A person's word counts before the program: whoever gives it has seen to it already. */
function fencingOf(words: string | undefined, program: string | undefined): Fencing | undefined {
  if (words !== undefined) return { kind: 'word', words }
  return program === undefined ? undefined : { kind: 'program', program }
}

/** The word that was given to the run that this one ends. */
function fencingBefore(
  { fences }: Session,
  from: string,
  interrupted: Interrupted | undefined,
): Fencing | undefined {
  const record = fences.get(from)
  return record !== undefined && record.run === interrupted?.found.plan.run
    ? { kind: 'record', record }
    : undefined
}

const NO_FENCE: Fences = new Map()

type FailoverChecks = {
  readonly despiteAnswer: readonly string[]
  readonly handover: FailoverHandover
  readonly fencing: Fencing | undefined
  readonly fences: Fences
  readonly first: Snapshot
  readonly interrupted: Interrupted | undefined
  /** The run that has the locks already. */
  readonly holding?: string | undefined
}

/**
 * The new active is asked everything, and at the same time the others are asked about the old one; that one need not be
 * waited for twice.
 */
async function checkFailover(
  session: Session,
  { handover, fencing, fences, first, interrupted: ended, holding, despiteAnswer }: FailoverChecks,
) {
  const { fleet, rendered, expected, links } = session
  const { set, from, to, survivors, absent, termBefore } = handover
  const interrupted = ended?.found.plan.run
  const zones = (rendered.get(to)?.zones ?? []).filter(zone => zone.set === set)
  const presence = await seePresence(links, from, { deadlineMs: PRESENCE_DEADLINE_MS })
  const subject = {
    operation: 'failover',
    set,
    from,
    to,
    survivors,
    absent,
    fencing,
    fences,
    despiteAnswer,
    presence,
    // Past its promotion, the others may have been told of the term already.
    termKnown: termBefore + (ended?.left === 'active' ? 1 : 0),
    interrupted,
    sightings: [],
  } as const
  const others = { ...links, servers: links.servers.filter(({ server }) => server.name !== from) }
  const [through, seen, removed] = await Promise.all([
    seeActiveThrough(links, { to, zones, survivors, snapshot: first }),
    observeFor({ ...session, links: others }, subject),
    session.seeRemoved(),
  ])
  const old = first.servers.get(from)
  const snapshot: Snapshot =
    old === undefined ? seen : { ...seen, servers: new Map([[from, old], ...seen.servers]) }
  const { contacts } = through
  // One that may be open itself takes the update that was to be passed on; so does one that was removed, and is there again.
  const mayBeOpen = ended !== undefined && ended.left !== 'standby'
  const isTaken = mayBeOpen || removed.some(peer => activeAsRemoved(peer).length > 0)
  const sightings = isTaken ? [] : through.sightings
  const asked = { ...subject, sightings }
  const context = { fleet, rendered, expected, snapshot, subject: asked, holding, removed }
  return { outcomes: runChecks(context), snapshot, contacts, isProven: isNoPrimary(context, from, set) }
}
