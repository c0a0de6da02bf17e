import type { Fleet } from '../fleet/index.ts'
import type { FenceRecord } from '../snapshot/index.ts'
import { changesBetween, type RoleFiles } from './changes.ts'
import { type PlanOrder, planOf } from './order.ts'
import type { Plan } from './plan.ts'
import type { Step } from './step.ts'

export type PeerRemoveOrder = PlanOrder & {
  readonly removed: readonly RemovalOrder[]
  /** The peers that stay, which write it down: name → their state files now, and without the servers that go. */
  readonly peers: ReadonlyMap<string, { readonly before: RoleFiles; readonly after: RoleFiles }>
}

export type RemovalOrder = {
  readonly server: string
  /** Why it takes no writes any more, as a person says it. */
  readonly words: string
  readonly set: string
  /** The newest that is known, which nobody may begin again. */
  readonly term: number
  /** What was written down of it before. */
  readonly before: FenceRecord | undefined
}

/** One step for each peer that goes: the others write down that it takes no writes, and for good. Nothing is asked of it. */
export function planPeerRemove(fleet: Fleet, order: PeerRemoveOrder): Plan {
  const peers = [...order.peers.keys()]
  const changes = Object.fromEntries(
    [...order.peers].map(([name, { before, after }]) => [name, changesBetween(before, after)]),
  )
  const last = order.removed.length - 1
  const steps = order.removed.map(
    ({ server, words, set, term, before }, index): Step => ({
      kind: 'fence',
      server,
      by: { kind: 'word', words },
      noted: { set, term, peers, ends: 'never', before, changes: index === last ? changes : undefined },
    }),
  )
  return planOf(fleet, order, { operation: 'peer-remove', handover: undefined, steps })
}

/** Servers that a run neither locks nor asks: those that its handover does without, and peers that it removes. */
export function leftOutOf({ operation, handover, steps }: Plan): readonly string[] {
  if (operation !== 'peer-remove') return handover?.without ?? []
  return steps.flatMap(step => (step.kind === 'fence' ? [step.server] : []))
}
