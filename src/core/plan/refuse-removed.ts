import { type Code, type Refusal, refuse } from '../base/index.ts'
import { activeAsRemoved } from '../snapshot/index.ts'
import type { CheckContext } from './check.ts'

/** Nobody waits for a peer that was removed for good; but one that is there and says that it is active takes writes. */
export function refuseRemoved({ removed = [] }: CheckContext, code: Code, set: string): readonly Refusal[] {
  return removed.flatMap(peer => {
    const { server } = peer.record
    const active = activeAsRemoved(peer).find(standing => standing.set === set)
    if (active === undefined) return []
    return [
      refuse({
        code,
        subject: server,
        because: `it was removed from the fleet for good, and says that it is active in term ${active.term}`,
        remedy: `Stop named on ${server}, and keep it from starting: it takes writes that nobody carries over.`,
      }),
    ]
  })
}
