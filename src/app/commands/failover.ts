import { fail, ok, type Problem, type Result } from '../../core/base/index.ts'
import type { Peer } from '../../core/fleet/index.ts'
import {
  type CheckOutcome,
  type Fencing,
  type Handover,
  type Plan,
  planFailover,
  runChecks,
  stoppersOf,
  type TargetFiles,
} from '../../core/plan/index.ts'
import type { Standing } from '../../core/render/index.ts'
import type { Snapshot } from '../../core/snapshot/index.ts'
import { memoryOf } from '../../io/engine/index.ts'
import { LOOK_DEADLINE_MS, observe, QUESTION_DEADLINE_MS, seeActiveThrough } from '../../io/observe/index.ts'
import { observeFor } from './check.ts'
import { systemClock, timestamp } from './clock.ts'
import { type FailoverHandover, type FailoverHandoverOrder, resolveFailover } from './failover-handover.ts'
import { findLosses } from './failover-losses.ts'
import { currentOperator, newRunId } from './operator.ts'
import { roleFiles } from './role-files.ts'
import { startRun } from './run.ts'
import { openSession, type Session, type SessionOptions } from './session.ts'
import { type PreparedRun, planDocument } from './switchover.ts'

export type FailoverOptions = SessionOptions &
  FailoverHandoverOrder & {
    readonly reason: string | undefined
    /** How a person made sure that the server that is gone takes no writes. */
    readonly fenced: string | undefined
    /** Whether serials are raised by the step of the policy before writes open, or stay as they are. */
    readonly serials: 'raised' | 'kept'
  }

/** Looks who is left, checks, and plans. Whoever gets a prepared run must close it. */
export async function prepareFailover(
  options: FailoverOptions,
): Promise<Result<PreparedRun, readonly Problem[]>> {
  const session = await openSession({ questionMs: LOOK_DEADLINE_MS, ...options })
  if (!session.ok) return session
  const prepared = await prepareIn(session.value, options)
  if (!prepared.ok) await session.value.close()
  return prepared
}

/** A server that is gone costs as long as it is waited for, so the first looks are short; those that follow are not. */
async function prepareIn(
  opened: Session,
  options: FailoverOptions,
): Promise<Result<PreparedRun, readonly Problem[]>> {
  const { rendered, fleet } = opened
  const first = await observe(opened.links, { rendered, preflight: new Map() })
  const session = { ...opened, links: opened.links.within({ questionMs: QUESTION_DEADLINE_MS }) }
  const handover = resolveFailover(session, first, options)
  if (!handover.ok) return fail([handover.error])
  const fencing = fencingOf(options.fenced, fleet.fence)
  const { outcomes, snapshot, contacts } = await checkFailover(session, {
    handover: handover.value,
    fencing,
    first,
  })
  const stoppers = stoppersOf(outcomes)
  if (stoppers.length > 0 || fencing === undefined) return fail(stoppers)
  const plan = planOf(session, { handover: handover.value, fencing, options })
  if (!plan.ok) return plan
  const losses = await findLosses(session, { handover: handover.value, snapshot, contacts })
  const document = planDocument(plan.value, warningsOf(outcomes))
  return ok({
    plan: plan.value,
    document: { ...document, choice: handover.value.choice ?? null, losses },
    checks: outcomes,
    start: watch =>
      startRun(session, { plan: plan.value, memory: memoryOf(snapshot, handoverOf(handover.value)) }, watch),
    close: session.close,
  })
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
}

/**
 * The new active is asked everything, and at the same time the others are asked about the old one; that one need not be
 * waited for twice.
 */
async function checkFailover(session: Session, { handover, fencing, first }: FailoverChecks) {
  const { fleet, rendered, expected, links } = session
  const { set, from, to, survivors, absent } = handover
  const zones = (rendered.get(to)?.zones ?? []).filter(zone => zone.set === set)
  const subject = { operation: 'failover', set, from, to, survivors, absent, fencing, sightings: [] } as const
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

function warningsOf(outcomes: readonly CheckOutcome[]): readonly string[] {
  return outcomes
    .flatMap(({ weight, refusals }) => (weight === 'warn' ? refusals : []))
    .map(({ subject, because }) => `${subject}: ${because}`)
}

/** What is gone is neither locked nor asked nor waited for. */
function handoverOf({ set, from, to, termBefore, absent }: FailoverHandover): Handover {
  return { set, from, to, termBefore, termAfter: termBefore + 1, without: [from, ...absent] }
}

type PlanRequest = {
  readonly handover: FailoverHandover
  readonly fencing: Fencing
  readonly options: FailoverOptions
}

function planOf(
  session: Session,
  { handover, fencing, options }: PlanRequest,
): Result<Plan, readonly Problem[]> {
  const { fleet } = session
  const created = timestamp(systemClock.now())
  const target = fleet.servers.find((server): server is Peer => server.name === handover.to)
  if (target === undefined) return fail([])
  const files = targetFiles(session, target, { handover, since: created })
  if (!files.ok) return files
  const others = new Map<string, { before: TargetFiles['before']; after: TargetFiles['after'] }>()
  for (const peer of fleet.servers) {
    if (peer.kind !== 'peer' || !handover.survivors.includes(peer.name)) continue
    const own = standingsOf(session, peer, handover.set)
    const before = roleFiles(session, { peer, standings: own({}) })
    const after = roleFiles(session, {
      peer,
      standings: own({ role: 'standby', term: handover.termBefore + 1, since: created }),
    })
    if (!before.ok) return before
    if (!after.ok) return after
    others.set(peer.name, { before: before.value, after: after.value })
  }
  return ok(
    planFailover(fleet, {
      run: newRunId('failover'),
      by: currentOperator().by,
      reason: options.reason,
      created,
      fingerprint: session.fingerprint,
      handover: handoverOf(handover),
      fencing,
      serialStep: options.serials === 'raised' ? fleet.policy.serialStep : 0,
      target: files.value,
      others,
    }),
  )
}

function targetFiles(
  session: Session,
  peer: Peer,
  { handover, since }: { readonly handover: FailoverHandover; readonly since: string },
): Result<TargetFiles, readonly Problem[]> {
  const { set, from, absent, termBefore } = handover
  const own = standingsOf(session, peer, set)
  const before = roleFiles(session, { peer, standings: own({}) })
  const collecting = roleFiles(session, {
    peer,
    standings: own({ role: 'standby' }),
    absent: [from, ...absent],
  })
  const closed = roleFiles(session, { peer, standings: own({ role: 'standby' }), closed: set })
  const after = roleFiles(session, {
    peer,
    standings: own({ role: 'active', term: termBefore + 1, since }),
  })
  if (!before.ok) return before
  if (!collecting.ok) return collecting
  if (!closed.ok) return closed
  if (!after.ok) return after
  return ok({
    before: before.value,
    collecting: collecting.value,
    closed: closed.value,
    after: after.value,
  })
}

/** How a peer stands, changed for one set. */
function standingsOf({ standings }: Session, peer: Peer, set: string) {
  return (change: Partial<Standing>): readonly Standing[] =>
    (standings.get(peer.name) ?? []).map(own => (own.set === set ? { ...own, ...change } : own))
}
