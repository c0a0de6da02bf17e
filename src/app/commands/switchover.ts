import { fail, ok, type Problem, type Result } from '../../core/base/index.ts'
import type { Peer } from '../../core/fleet/index.ts'
import {
  type CheckOutcome,
  describeStep,
  describeUndo,
  type Handover,
  type Plan,
  planSwitchover,
  type StandingFiles,
  stoppersOf,
} from '../../core/plan/index.ts'
import type { Standing } from '../../core/render/index.ts'
import { memoryOf } from '../../io/engine/index.ts'
import { LOOK_DEADLINE_MS } from '../../io/observe/index.ts'
import type { PlanDocument, RunDocument } from '../contract/index.ts'
import { checkHandover } from './check.ts'
import { systemClock, timestamp } from './clock.ts'
import { type HandoverOrder, resolveHandover } from './handover.ts'
import { leftOut } from './left-out.ts'
import { currentOperator, newRunId } from './operator.ts'
import { roleFiles } from './role-files.ts'
import { type RunWatch, startRun } from './run.ts'
import { openSession, type Session, type SessionOptions } from './session.ts'

export type SwitchoverOptions = SessionOptions & HandoverOrder & { readonly reason: string | undefined }

/** A switchover that may be run: the person sees it, and says yes or no. */
export type PreparedRun = {
  readonly plan: Plan
  readonly document: PlanDocument
  readonly checks: readonly CheckOutcome[]
  readonly start: (watch: RunWatch) => Promise<Result<RunDocument, readonly Problem[]>>
  readonly close: () => Promise<void>
}

/** Looks, checks and plans. Whoever gets a prepared run must close it. */
export async function prepareSwitchover(
  options: SwitchoverOptions,
): Promise<Result<PreparedRun, readonly Problem[]>> {
  const session = await openSession({ firstQuestionMs: LOOK_DEADLINE_MS, ...options })
  if (!session.ok) return session
  const prepared = await prepareIn(session.value, options)
  if (!prepared.ok) await session.value.close()
  return prepared
}

async function prepareIn(
  session: Session,
  options: SwitchoverOptions,
): Promise<Result<PreparedRun, readonly Problem[]>> {
  const handover = resolveHandover(session, options)
  if (!handover.ok) return fail([handover.error])
  const { outcomes: checks, snapshot } = await checkHandover(session, handover.value)
  const refusals = stoppersOf(checks)
  if (refusals.length > 0) return fail(refusals)
  const plan = planHandover(session, handover.value, options.reason)
  if (!plan.ok) return plan
  const warnings = checks
    .flatMap(({ weight, refusals }) => (weight === 'warn' ? refusals : []))
    .map(({ subject, because }) => `${subject}: ${because}`)
  return ok({
    plan: plan.value,
    document: planDocument(plan.value, warnings),
    checks,
    start: watch =>
      startRun(session, { plan: plan.value, memory: memoryOf(snapshot, handover.value) }, watch),
    close: session.close,
  })
}

export function planDocument(plan: Plan, warnings: readonly string[]): PlanDocument {
  return {
    version: 1,
    document: 'plan',
    run: plan.run,
    operation: plan.operation,
    set: plan.handover?.set ?? null,
    from: plan.handover?.from ?? null,
    to: plan.handover?.to ?? null,
    term: plan.handover?.termAfter ?? null,
    leftOut: leftOut(plan),
    reason: plan.reason ?? null,
    steps: plan.steps.map(step => ({ step: describeStep(step), undo: describeUndo(step) ?? null })),
    warnings,
    choice: null,
    losses: null,
    forks: null,
  }
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
      run: newRunId('switchover'),
      by: currentOperator().by,
      reason,
      created,
      fingerprint: session.fingerprint,
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
