import type { Fleet } from '../fleet/index.ts'
import type { Plan } from './plan.ts'

/** What every plan is ordered with, whatever it does. */
export type PlanOrder = Pick<Plan, 'run' | 'by' | 'reason' | 'created' | 'supersedes'> &
  Required<Pick<Plan, 'record'>>

/** Puts steps under the head that every plan has. */
export function planOf(
  fleet: Fleet,
  order: PlanOrder,
  { operation, handover, steps }: Pick<Plan, 'operation' | 'handover' | 'steps'>,
): Plan {
  return {
    version: 2,
    run: order.run,
    operation,
    fleet: fleet.name,
    record: order.record,
    by: order.by,
    reason: order.reason,
    created: order.created,
    handover,
    ...(order.supersedes === undefined ? {} : { supersedes: order.supersedes }),
    steps,
  }
}
