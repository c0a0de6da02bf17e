import { fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { planPush, type StagedFile, stoppersOf } from '../../../core/plan/index.ts'
import { LOOK_DEADLINE_MS } from '../../../io/observe/index.ts'
import { orderPlan } from '../handover/order-plan.ts'
import {
  type NothingToRun,
  type PreparedRun,
  planDocument,
  prepareInSession,
  warningsOf,
} from '../handover/prepared.ts'
import { askChecks, passed } from '../look/check.ts'
import { findChanges } from '../look/find-changes.ts'
import { blankRun } from '../runs/blank-run.ts'
import { startRun } from '../runs/run.ts'
import { refuseBehind, rememberBegun, rememberPush } from '../session/folder-lineage.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { findRecords } from './find-records.ts'
import { findLeaving, leavingInWords, refuseAll } from './zones-leaving.ts'

export type PushOptions = SessionOptions & {
  readonly reason: string | undefined
  /** The digest of the state that was pushed last and that a person means to take back, or the first eight characters of it. */
  readonly despiteNewer?: string | undefined
}

/** A push that may be run, or nothing where every server has what it should have. */
export type PreparedPush = PreparedRun | NothingToRun

/** Looks what differs, checks, and plans to install it. Whoever gets a prepared run must close it. */
export function preparePush(options: PushOptions): Promise<Result<PreparedPush, readonly Problem[]>> {
  return prepareInSession({ firstQuestionMs: LOOK_DEADLINE_MS, ...options }, session =>
    prepareIn(session, options),
  )
}

async function prepareIn(
  session: Session,
  options: PushOptions,
): Promise<Result<PreparedPush, readonly Problem[]>> {
  const { fleet, links, standings } = session
  const files = new Map<string, readonly StagedFile[]>()
  for (const link of links.servers) {
    const changed = await findChanges(session, link)
    if (!changed.ok) return fail([changed.error])
    if (changed.value.length > 0) files.set(link.server.name, changed.value)
  }
  const records = await findRecords(session)
  if (!records.ok) return fail([records.error])
  if (files.size === 0 && records.value.length === 0) {
    const because = 'every server has what the fleet folder renders to'
    const document = blankRun({ run: '', operation: 'push', outcome: 'nothing-to-do', because })
    return ok({ plan: undefined, document })
  }
  const behind = await refuseBehind(session, options.despiteNewer)
  if (behind.length > 0) return fail(behind)
  const leaving = await findLeaving(session, files)
  if (!leaving.ok) return fail([leaving.error])
  const emptied = leaving.value.filter(({ all }) => all)
  if (emptied.length > 0) return fail(emptied.map(refuseAll))
  const pushed = new Set([...files.keys(), ...records.value.map(({ server }) => server)])
  const subject = { operation: 'push', servers: [...pushed] } as const
  const { outcomes: checks } = await askChecks(session, subject)
  const at = links.clock.elapsed()
  const refusals = stoppersOf(checks)
  if (refusals.length > 0) return fail(refusals)
  const actives = [...standings].flatMap(([peer, own]) =>
    own.some(({ role }) => role === 'active') ? [peer] : [],
  )
  const plan = planPush(fleet, {
    ...orderPlan(session, { operation: 'push', reason: options.reason }),
    files,
    records: records.value,
    actives,
  })
  const warnings = [
    ...session.warnings.map(({ message }) => message),
    ...leaving.value.map(leavingInWords),
    ...warningsOf(checks),
  ]
  const again = async () => passed((await askChecks(session, subject, plan.run)).outcomes)
  const checked = { at, again }
  return ok({
    plan,
    document: planDocument(plan, warnings),
    checks,
    start: async watch => {
      const { digest } = session.folder
      if (digest !== undefined) await rememberBegun(session, digest)
      const run = await startRun(session, { plan, checked }, watch)
      if (run.ok && run.value.outcome === 'done' && digest !== undefined) await rememberPush(session, digest)
      return run
    },
    close: session.close,
  })
}
