import type { Plan } from '../../core/plan/index.ts'

/** The servers that an operation does without; of a failover the one that is gone is no news. */
export function leftOut({ handover }: Pick<Plan, 'handover'>): readonly string[] {
  return (handover?.without ?? []).filter(name => name !== handover?.from)
}
