import type { Fleet } from '../fleet/index.ts'
import type { Plan } from './plan.ts'

/** What every plan is ordered with, whatever it does. */
export type PlanOrder = Pick<Plan, 'run' | 'by' | 'reason' | 'created' | 'fingerprint'>

/** Puts steps under the head that every plan has. */
export function planOf(
  fleet: Fleet,
  order: PlanOrder,
  { operation, handover, steps }: Pick<Plan, 'operation' | 'handover' | 'steps'>,
): Plan {
  return {
    version: 1,
    run: order.run,
    operation,
    fleet: fleet.name,
    fingerprint: order.fingerprint,
    by: order.by,
    reason: order.reason,
    created: order.created,
    handover,
    steps,
  }
}
