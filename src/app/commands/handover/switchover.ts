import { fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import type { Peer } from '../../../core/fleet/index.ts'
import {
  type Fences,
  type Handover,
  type Plan,
  planSwitchover,
  type StandingFiles,
  stoppersOf,
} from '../../../core/plan/index.ts'
import type { Standing } from '../../../core/render/index.ts'
import { checkedSerials } from '../../../io/engine/index.ts'
import { LOOK_DEADLINE_MS } from '../../../io/observe/index.ts'
import { despiteAnswers, fencesBeside, fencesIn } from '../failover/fences.ts'
import { checkHandover, passed } from '../look/check.ts'
import { startRun } from '../runs/run.ts'
import { amongOurs } from '../session/among-ours.ts'
import { systemClock, timestamp } from '../session/clock.ts'
import { roleFiles } from '../session/role-files.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import type { HandoverOrder } from './handover.ts'
import { handoverIn } from './handover-in.ts'
import { orderPlan } from './order-plan.ts'
import { type PreparedRun, planDocument, prepareInSession, warningsOf } from './prepared.ts'

export type SwitchoverOptions = SessionOptions & HandoverOrder & { readonly reason: string | undefined }

/** Looks, checks and plans. Whoever gets a prepared run must close it. */
export function prepareSwitchover(
  options: SwitchoverOptions,
): Promise<Result<PreparedRun, readonly Problem[]>> {
  const prepare = amongOurs<PreparedRun>(session => prepareIn(session, options), options.without)
  return prepareInSession({ firstQuestionMs: LOOK_DEADLINE_MS, basis: 'either', ...options }, prepare)
}

async function prepareIn(
  session: Session,
  options: SwitchoverOptions,
): Promise<Result<PreparedRun, readonly Problem[]>> {
  const handover = await handoverIn(session, options)
  if (!handover.ok) return handover
  const { from, to } = handover.value
  const said = fencesBeside(fencesIn(session, options), from, to)
  const fences = await despiteAnswers(session, said, options)
  const { outcomes: checks, snapshot } = await checkHandover(session, {
    handover: handover.value,
    fences,
  })
  const refusals = stoppersOf(checks)
  if (refusals.length > 0) return fail(refusals)
  const at = session.links.clock.elapsed()
  const plan = planHandover(session, { handover: handover.value, fences, reason: options.reason })
  if (!plan.ok) return plan
  const holding = plan.value.run
  const checked = {
    at,
    again: async () =>
      passed((await checkHandover(session, { handover: handover.value, fences, holding })).outcomes),
  }
  return ok({
    plan: plan.value,
    document: planDocument(plan.value, warningsOf(checks)),
    checks,
    start: watch =>
      startRun(session, { plan: plan.value, seen: checkedSerials(snapshot, handover.value), checked }, watch),
    close: session.close,
  })
}

type HandoverPlanRequest = {
  readonly handover: Handover
  readonly fences: Fences
  readonly reason: string | undefined
}

function planHandover(
  session: Session,
  { handover, fences, reason }: HandoverPlanRequest,
): Result<Plan, readonly Problem[]> {
  const created = timestamp(systemClock.now())
  const files = new Map<string, StandingFiles>()
  for (const peer of session.fleet.servers) {
    if (peer.kind !== 'peer' || !peer.sets.includes(handover.set)) continue
    const standing = standingFiles(session, peer, { handover, since: created })
    if (!standing.ok) return standing
    files.set(peer.name, standing.value)
  }
  return ok(
    planSwitchover(session.fleet, {
      ...orderPlan(session, { operation: 'switchover', reason, created }),
      handover,
      files,
      fences,
    }),
  )
}

/** A peer's small files now, on the way, and afterwards. */
function standingFiles(
  session: Session,
  peer: Peer,
  change: { readonly handover: Handover; readonly since: string },
): Result<StandingFiles, readonly Problem[]> {
  const { set, to, termAfter } = change.handover
  const now = session.standings.get(peer.name) ?? []
  const withStanding = (standing: Partial<Standing>) =>
    roleFiles(session, {
      peer,
      standings: now.map(own => (own.set === set ? { ...own, ...standing } : own)),
    })
  const before = withStanding({})
  const released = withStanding({ role: 'standby' })
  const role = peer.name === to ? 'active' : 'standby'
  const after = withStanding({ role, term: termAfter, since: change.since })
  if (!before.ok) return before
  if (!released.ok) return released
  return after.ok ? ok({ before: before.value, released: released.value, after: after.value }) : after
}
