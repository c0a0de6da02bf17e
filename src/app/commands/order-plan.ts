import type { Plan, PlanOrder } from '../../core/plan/index.ts'
import { systemClock, timestamp } from './clock.ts'
import { currentOperator, newRunId } from './operator.ts'
import type { Session } from './session.ts'

type Ordered = {
  readonly operation: Plan['operation']
  readonly reason: string | undefined
  /** Now when left out. */
  readonly created?: string | undefined
}

/** What every plan is ordered with: who wants it, why and when, and of which state of the fleet folder. */
export function orderPlan(
  { fingerprint }: Pick<Session, 'fingerprint'>,
  { operation, reason, created = timestamp(systemClock.now()) }: Ordered,
): PlanOrder {
  return { run: newRunId(operation), by: currentOperator().by, reason, created, fingerprint }
}
