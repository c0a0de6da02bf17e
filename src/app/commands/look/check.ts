import { fail, ok, type Problem, type Refusal, type Result } from '../../../core/base/index.ts'
import { isManaged } from '../../../core/fleet/index.ts'
import {
  type CheckOutcome,
  type CheckSubject,
  type Fences,
  type Handover,
  isUnknown,
  runChecks,
  stoppersOf,
} from '../../../core/plan/index.ts'
import type { Snapshot } from '../../../core/snapshot/index.ts'
import { LOOK_DEADLINE_MS, observe, type PreflightQuestions } from '../../../io/observe/index.ts'
import type { CheckDocument, CheckStatus } from '../../contract/index.ts'
import { fencesBeside, fencesIn } from '../failover/fences.ts'
import type { HandoverOrder } from '../handover/handover.ts'
import { handoverIn } from '../handover/handover-in.ts'
import { amongOurs } from '../session/among-ours.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { withSession } from '../session/with-session.ts'

/** Asks everything a switchover would ask, and changes nothing. */
export function check(
  options: SessionOptions & HandoverOrder,
): Promise<Result<CheckDocument, readonly Problem[]>> {
  const ask = amongOurs<CheckDocument>(async session => {
    const handover = await handoverIn(session, options)
    if (!handover.ok) return handover
    const { from, to } = handover.value
    const fences = fencesBeside(fencesIn(session, options), from, to)
    const { outcomes } = await checkHandover(session, { handover: handover.value, fences })
    return ok(checkDocument(handover.value, outcomes))
  }, options.without)
  return withSession({ firstQuestionMs: LOOK_DEADLINE_MS, basis: 'either', ...options }, ask)
}

export function checkDocument(handover: Handover, outcomes: readonly CheckOutcome[]): CheckDocument {
  return {
    version: 1,
    document: 'check',
    operation: 'switchover',
    from: handover.from,
    to: handover.to,
    passed: outcomes.every(({ weight, refusals }) => weight === 'warn' || refusals.length === 0),
    checks: outcomes.map(statusOfCheck),
  }
}

/** What the checks of an operation say, and what they looked at. */
export type Checked = { readonly outcomes: readonly CheckOutcome[]; readonly snapshot: Snapshot }

export type HandoverChecks = {
  readonly handover: Handover
  readonly fences: Fences
  /** The run that has the locks already. */
  readonly holding?: string | undefined
}

/** Every check of a switchover, asked of a fresh snapshot. */
export function checkHandover(
  session: Session,
  { handover, fences, holding }: HandoverChecks,
): Promise<Checked> {
  const { set, from, to, without, termAfter } = handover
  return askChecks(session, { operation: 'switchover', set, from, to, without, termAfter, fences }, holding)
}

/** Takes the snapshot that the checks of an operation need, and asks them. */
export async function askChecks(session: Session, subject: CheckSubject, holding?: string): Promise<Checked> {
  const { fleet, rendered, expected } = session
  const [snapshot, removed] = await Promise.all([observeFor(session, subject), session.seeRemoved()])
  return { outcomes: runChecks({ fleet, rendered, expected, snapshot, subject, holding, removed }), snapshot }
}

/** Whether the operation may go on, by what its checks say. */
export function passed(outcomes: readonly CheckOutcome[]): Result<void, readonly Refusal[]> {
  const refusals = stoppersOf(outcomes)
  return refusals.length > 0 ? fail(refusals) : ok(undefined)
}

/** The snapshot that the checks of an operation need. */
export function observeFor(session: Session, subject: CheckSubject): Promise<Snapshot> {
  const { links, rendered, silent } = session
  return observe(links, { rendered, preflight: questionsFor(session, subject), silent })
}

export function statusOfCheck(answer: CheckOutcome): CheckStatus {
  const { name, question, weight, refusals } = answer
  const negative = weight === 'refuse' ? 'no' : 'warning'
  const other = isUnknown(answer) ? 'unknown' : negative
  return {
    name,
    question,
    outcome: refusals.length === 0 ? 'yes' : other,
    reasons: refusals.map(({ code, subject, because, remedy }) => ({ code, subject, because, remedy })),
  }
}

/** The old active is tried as a standby and the new one as the active; only they are asked for their disks. */
function questionsFor(session: Session, subject: CheckSubject): ReadonlyMap<string, PreflightQuestions> {
  return new Map(
    session.fleet.servers.map(server => {
      const managed = isManaged(server)
      const folder = server.paths.configuration
      if (subject.operation === 'push')
        return [server.name, { ...NO_QUESTIONS, managed: managed && subject.servers.includes(server.name) }]
      if (subject.operation === 'failover')
        return [server.name, server.name === subject.to ? successorQuestions(folder) : NO_QUESTIONS]
      const isOld = server.name === subject.from
      const isNew = server.name === subject.to
      const configuration = isOld
        ? `${folder}/named.standby.conf`
        : isNew
          ? `${folder}/named.active.conf`
          : undefined
      const peer = isOld || isNew
      return [
        server.name,
        { configuration, disk: peer, frozen: isOld, signingKeys: peer, transfers: true, managed },
      ]
    }),
  )
}

/** What is asked of a peer that is to take over from one that cannot be asked. */
function successorQuestions(folder: string): PreflightQuestions {
  return {
    configuration: `${folder}/named.active.conf`,
    disk: true,
    frozen: false,
    signingKeys: true,
    transfers: true,
    managed: true,
  }
}

const NO_QUESTIONS: PreflightQuestions = {
  configuration: undefined,
  disk: false,
  frozen: false,
  signingKeys: false,
  transfers: false,
  managed: false,
}
