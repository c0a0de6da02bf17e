import type { Fleet } from '../fleet/index.ts'
import type { FileChange } from './file-change.ts'
import { type PlanOrder, planOf } from './order.ts'
import type { Handover, Plan } from './plan.ts'
import type { Step } from './step.ts'

/** What a plan needs besides the fleet: everything that was decided or read before. */
export type RejoinOrder = PlanOrder & {
  readonly operation: 'rejoin' | 'resolve'
  /** `from` becomes a standby of `to`. */
  readonly handover: Handover
  /** When the term of the active began; RFC 3339, UTC. */
  readonly since: string
  /** Whether `from` has something that must be saved and taken out of named's way first. */
  readonly content: 'to-be-saved' | 'saved-before' | 'replaced'
  /** Peer name → its state and its markers as they will be; only peers where they differ from what is there. */
  readonly standings: ReadonlyMap<string, readonly FileChange[]>
  /** The guard of `from` and what it reads, as they are to be before it is ordered to step down. */
  readonly guard: readonly FileChange[]
}

/**
 * The rejoin in order: announce the term where it is new to the active and to others, step down, return, announce, probe,
 * heal the returned server, then everybody else. The active learns of a higher term before the other steps down in it: a
 * guard that saw another peer in a higher term than its own would depose the wrong one.
 */
export function planRejoin(fleet: Fleet, order: RejoinOrder): Plan {
  const { handover, content } = order
  const { set, from, to, termAfter, without } = handover
  const others = fleet.servers
    .filter(({ name, sets }) => sets.includes(set) && name !== to && name !== from && !without.includes(name))
    .map(({ name }) => name)
  const steps: Step[] = [
    ...[to, ...others].flatMap(name => announce(order, name)),
    ...(content === 'to-be-saved'
      ? [
          {
            kind: 'step-down',
            server: from,
            set,
            term: termAfter,
            since: order.since,
            guard: order.guard,
          } as const,
        ]
      : []),
    { kind: 'return', server: from, to, set, term: termAfter, since: order.since },
    ...announce(order, from),
    { kind: 'probe', server: from, to, set },
    { kind: 'heal', servers: [from], to, set },
    ...(others.length === 0 ? [] : [{ kind: 'heal', servers: others, to, set } as const]),
  ]
  return planOf(fleet, order, { operation: order.operation, handover, steps })
}

function announce({ standings, handover }: RejoinOrder, server: string): readonly Step[] {
  const changes = standings.get(server) ?? []
  return changes.length === 0 ? [] : [{ kind: 'announce', server, set: handover.set, changes }]
}
