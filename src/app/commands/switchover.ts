import { fail, ok, type Problem, type Result } from '../../core/base/index.ts'
import type { Peer } from '../../core/fleet/index.ts'
import {
  type Handover,
  type Plan,
  planSwitchover,
  type StandingFiles,
  stoppersOf,
} from '../../core/plan/index.ts'
import type { Standing } from '../../core/render/index.ts'
import { memoryOf } from '../../io/engine/index.ts'
import { LOOK_DEADLINE_MS } from '../../io/observe/index.ts'
import { amongOurs } from './among-ours.ts'
import { checkHandover } from './check.ts'
import { systemClock, timestamp } from './clock.ts'
import type { HandoverOrder } from './handover.ts'
import { handoverIn } from './handover-in.ts'
import { orderPlan } from './order-plan.ts'
import { type PreparedRun, planDocument, prepareInSession, warningsOf } from './prepared.ts'
import { roleFiles } from './role-files.ts'
import { startRun } from './run.ts'
import type { Session, SessionOptions } from './session.ts'

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
  const { outcomes: checks, snapshot } = await checkHandover(session, handover.value)
  const refusals = stoppersOf(checks)
  if (refusals.length > 0) return fail(refusals)
  const plan = planHandover(session, handover.value, options.reason)
  if (!plan.ok) return plan
  return ok({
    plan: plan.value,
    document: planDocument(plan.value, warningsOf(checks)),
    checks,
    askAgain: async () => {
      const again = stoppersOf((await checkHandover(session, handover.value)).outcomes)
      return again.length > 0 ? fail(again) : ok(undefined)
    },
    start: watch =>
      startRun(session, { plan: plan.value, memory: memoryOf(snapshot, handover.value) }, watch),
    close: session.close,
  })
}

function planHandover(
  session: Session,
  handover: Handover,
  reason: string | undefined,
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
