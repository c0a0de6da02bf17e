import type { Fences } from './fencing.ts'
import type { Handover } from './plan.ts'
import type { Step } from './step.ts'

/** One step for each server that must take no writes, before all others; written down where a later run finds it. */
export function planFences(
  { set, termAfter }: Handover,
  { fences, peers }: { readonly fences: Fences; readonly peers: readonly string[] },
): readonly Step[] {
  const noted = { set, term: termAfter, peers }
  return [...fences].map(([server, by]): Step => ({ kind: 'fence', server, by, noted }))
}
