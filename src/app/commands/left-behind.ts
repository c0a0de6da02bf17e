import type { Plan } from '../../core/plan/index.ts'
import type { RunEnd } from '../../io/engine/index.ts'
import { type FoundRun, releaseLocks } from '../../io/journal/index.ts'
import { journalCopies } from './copies.ts'
import type { Session } from './session.ts'

/** Whether a run can be ended without a server that it needs: nobody's role is on the way. */
export function endsWithout({ lock, plan }: Pick<FoundRun, 'lock' | 'plan'>): boolean {
  return ['push', 'rejoin', 'resolve'].includes(plan?.operation ?? lock.operation)
}

/** Servers without which a run was ended. */
export function leftBehind(end: RunEnd): readonly string[] {
  return end.outcome === 'rolled-back' ? (end.without ?? []) : []
}

/**
 * Gives back the locks of the servers that were left behind, as far as their files can be reached, and says what is to be done once
 * they are back.
 */
export async function tellLeftBehind(session: Session, plan: Plan, end: RunEnd): Promise<readonly string[]> {
  const names = leftBehind(end)
  if (names.length === 0) return []
  const there = journalCopies(session, []).filter(({ name }) => names.includes(name))
  const kept = await releaseLocks(there, plan.run)
  const who = names.join(', ')
  return [
    `${who}: what this ${plan.operation} did there stays, until \`${againAs(plan)}\` once it is back`,
    ...(kept.length === 0 ? [] : [`${who}: its lock could not be given back; \`baton resume\` does it then`]),
  ]
}

/** The command that does it once more. */
export function againAs({ operation, handover }: Plan): string {
  if (operation === 'rejoin') return `baton rejoin ${handover?.from}`
  return operation === 'resolve' ? `baton resolve --keep ${handover?.to}` : 'baton push'
}
