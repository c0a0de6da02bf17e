import { VERSION } from '../../../core/base/index.ts'
import type { Plan, PlanOrder } from '../../../core/plan/index.ts'
import { zonesBeside } from '../runs/run-record.ts'
import { systemClock, timestamp } from '../session/clock.ts'
import { currentOperator, newRunId } from '../session/operator.ts'
import type { Session } from '../session/session.ts'

type Ordered = {
  readonly operation: Plan['operation']
  readonly reason: string | undefined
  /** Now when left out. */
  readonly created?: string | undefined
}

/** What every plan is ordered with: who wants it, why and when, and what else of the fleet the run needs. */
export function orderPlan(
  session: Pick<Session, 'rendered' | 'sources'>,
  { operation, reason, created = timestamp(systemClock.now()) }: Ordered,
): PlanOrder {
  const record = {
    baton: VERSION,
    releases: Object.fromEntries(session.sources.releases),
    zones: zonesBeside(session).digest,
  }
  return { run: newRunId(operation), by: currentOperator().by, reason, created, record }
}
