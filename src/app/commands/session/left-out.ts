import { leftOutOf, type Plan } from '../../../core/plan/index.ts'

/** The servers that an operation does without; of a failover the one that is gone is no news. */
export function leftOut(plan: Plan): readonly string[] {
  return leftOutOf(plan).filter(name => name !== plan.handover?.from)
}
