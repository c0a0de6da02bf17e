import { fail, ok, type Problem, type Result } from '../../core/base/index.ts'
import { planPush, type StagedFile, stoppersOf } from '../../core/plan/index.ts'
import { blankMemory } from '../../io/engine/index.ts'
import { LOOK_DEADLINE_MS } from '../../io/observe/index.ts'
import type { RunDocument } from '../contract/index.ts'
import { askChecks } from './check.ts'
import { systemClock, timestamp } from './clock.ts'
import { findChanges } from './find-changes.ts'
import { currentOperator, newRunId } from './operator.ts'
import { startRun } from './run.ts'
import { openSession, type Session, type SessionOptions } from './session.ts'
import { type PreparedRun, planDocument } from './switchover.ts'

export type PushOptions = SessionOptions & { readonly reason: string | undefined }

/** A push that may be run, or nothing where every server has what it should have. */
export type PreparedPush = PreparedRun | { readonly document: RunDocument; readonly plan: undefined }

/** Looks what differs, checks, and plans to install it. Whoever gets a prepared run must close it. */
export async function preparePush(options: PushOptions): Promise<Result<PreparedPush, readonly Problem[]>> {
  const session = await openSession({ firstQuestionMs: LOOK_DEADLINE_MS, ...options })
  if (!session.ok) return session
  const prepared = await prepareIn(session.value, options)
  if (!prepared.ok || prepared.value.plan === undefined) await session.value.close()
  return prepared
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
  if (files.size === 0) return ok({ plan: undefined, document: nothingToDo() })
  const { outcomes: checks } = await askChecks(session, { operation: 'push', servers: [...files.keys()] })
  const refusals = stoppersOf(checks)
  if (refusals.length > 0) return fail(refusals)
  const actives = [...standings].flatMap(([peer, own]) =>
    own.some(({ role }) => role === 'active') ? [peer] : [],
  )
  const plan = planPush(fleet, {
    run: newRunId('push'),
    by: currentOperator().by,
    reason: options.reason,
    created: timestamp(systemClock.now()),
    fingerprint: session.fingerprint,
    files,
    actives,
  })
  const warnings = [
    ...session.warnings.map(({ message }) => message),
    ...checks.flatMap(({ weight, refusals }) =>
      weight === 'warn'
        ? refusals.map(({ subject, because, remedy }) => `${subject}: ${because}. ${remedy}`)
        : [],
    ),
  ]
  return ok({
    plan,
    document: planDocument(plan, warnings),
    checks,
    start: watch => startRun(session, { plan, memory: blankMemory() }, watch),
    close: session.close,
  })
}

function nothingToDo(): RunDocument {
  return {
    version: 1,
    document: 'run',
    run: '',
    operation: 'push',
    outcome: 'nothing-to-do',
    set: null,
    from: null,
    to: null,
    term: null,
    leftOut: [],
    elapsedMs: 0,
    writePauseMs: null,
    unwell: false,
    because: 'every server has what the fleet folder renders to',
    remarks: [],
    problems: [],
  }
}
