import type { Failure } from '../../../core/base/index.ts'
import { leftOutOf, type Plan, type StepKind } from '../../../core/plan/index.ts'
import type { RunEnd } from '../../../io/engine/index.ts'
import { type FoundRun, type Journal, releaseLocks } from '../../../io/journal/index.ts'
import { journalCopies } from '../session/copies.ts'
import type { Session } from '../session/session.ts'

/** Whether a run can be ended without a server that it needs: nobody's role is on the way. */
export function endsWithout({ lock, plan }: Pick<FoundRun, 'lock' | 'plan'>): boolean {
  return passesNoRole(plan?.operation ?? lock.operation)
}

function passesNoRole(operation: string): boolean {
  return ['push', 'rejoin', 'resolve', 'peer-remove'].includes(operation)
}

/** Whether a run has its locks and nothing else: every copy has the intent of a step before that step does anything. */
export function isUntouched({ progress }: Pick<FoundRun, 'progress'>): boolean {
  if (progress === undefined || progress.ended !== undefined) return false
  return progress.steps.every(step => step === 'untouched')
}

/** Whether a run can be taken back although these servers are lost: nothing that was done there has to be undone. */
export function goesBackWithout(found: FoundRun, lost: readonly string[]): boolean {
  if (endsWithout(found) || isUntouched(found)) return true
  const { plan } = found
  if (plan?.handover === undefined || !isBeforeOpening(found)) return false
  return plan.operation === 'failover' || !lost.includes(plan.handover.from)
}

/** Table: the kinds of steps that make the new active a primary. */
const OPENING: readonly StepKind[] = ['promote', 'close', 'raise', 'open']

/** Whether the new active is a standby still, as the record tells. */
export function isBeforeOpening({ plan, progress }: Pick<FoundRun, 'plan' | 'progress'>): boolean {
  const opening = (plan?.steps ?? []).flatMap(({ kind }, index) =>
    OPENING.includes(kind) ? [progress?.steps[index]] : [],
  )
  return opening.length > 0 && opening.every(step => step === 'untouched' || step === 'undone')
}

/** Servers without which a run was ended. */
export function leftBehind(end: RunEnd): readonly string[] {
  return end.outcome === 'rolled-back' ? (end.without ?? []) : []
}

/** Where the files of a server that the run did without can be reached, its lock need not wait for its return. */
export function releaseBesides(session: Session, { copies, plan }: Journal): Promise<readonly Failure[]> {
  const held = copies.map(({ name }) => name)
  const others = journalCopies(session, []).filter(({ name }) => !held.includes(name))
  return releaseLocks(others, plan.run)
}

/** What is to be done once the servers that were left behind are back. */
export function tellLeftBehind(plan: Plan, end: RunEnd, kept: readonly Failure[]): readonly string[] {
  const names = leftBehind(end)
  if (names.length === 0) return []
  const who = names.join(', ')
  const stays = `${who}: what this ${plan.operation} did there stays, until \`${againAs(plan)}\` once it is back`
  return [
    ...(passesNoRole(plan.operation) ? [stays] : []),
    ...(kept.length === 0 ? [] : [`${who}: its lock could not be given back; \`baton resume\` does it then`]),
  ]
}

/** The command that does it once more. */
export function againAs(plan: Plan): string {
  const { operation, handover } = plan
  if (operation === 'peer-remove') return `baton peer remove ${leftOutOf(plan).join(' ')}`
  if (operation === 'rejoin') return `baton rejoin ${handover?.from}`
  return operation === 'resolve' ? `baton resolve --keep ${handover?.to}` : 'baton push'
}
