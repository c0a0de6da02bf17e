import { invariant } from '../base/index.ts'
import type { Fleet, Peer } from '../fleet/index.ts'
import { allChanges, changesBetween, type RoleFiles } from './changes.ts'
import { planFences } from './fences.ts'
import type { Fences, Fencing } from './fencing.ts'
import { type PlanOrder, planOf } from './order.ts'
import type { Handover, Plan } from './plan.ts'
import type { Step } from './step.ts'

/** What a plan needs besides the fleet: everything that was decided or read before. */
export type FailoverOrder = PlanOrder & {
  readonly handover: Handover
  /** How the old active is kept from writing; nothing where it was seen to be no primary. */
  readonly fencing: Fencing | undefined
  /** The same of the other peers that cannot be asked. */
  readonly fences: Fences
  /** By how much serials are raised, from 1 to 2^30; 0 raises none. */
  readonly serialStep: number
  readonly target: TargetFiles
  /**
   * How the new active stands when it begins: `torn` where a switchover was lost in its promotion, so that any of its files may
   * be old or new, and `active` where it is open already and only the others are to be told.
   */
  readonly left: 'standby' | 'torn' | 'active'
  /** The other peers that answer: name → their files now and afterwards. */
  readonly others: ReadonlyMap<string, FailoverFiles>
}

export type FailoverFiles = { readonly before: RoleFiles; readonly after: RoleFiles }

/** The small files of the new active, now and in each state on the way. */
export type TargetFiles = FailoverFiles & {
  /** Standby still, of those alone that answer. */
  readonly collecting: RoleFiles
  /** Primary, and closed to updates. */
  readonly closed: RoleFiles
}

/**
 * The failover in order: fence, collect, settle, note, close and raise (not where serials stay as they are), open (writes
 * open), announce, probe, converge, compare. Nothing is written on the server that is gone. Where the new active is open
 * already nothing is done to it.
 */
export function planFailover(fleet: Fleet, order: FailoverOrder): Plan {
  const { handover, target, serialStep, left } = order
  const { set, from, to, without } = handover
  const gone = new Set([from, ...without])
  const survivors = fleet.servers.filter(
    ({ name, sets }) => sets.includes(set) && !gone.has(name) && name !== to,
  )
  const names = survivors.map(({ name }) => name)
  const peers = survivors.filter(isPeer).map(({ name }) => name)
  const { before, collecting, closed, after } = target
  const all = new Map([
    ...(order.fencing === undefined ? [] : [[from, order.fencing] as const]),
    ...order.fences,
  ])
  const changes = left === 'torn' ? allChanges : changesBetween
  const raising: readonly Step[] = [
    { kind: 'close', server: to, set, changes: changes(before, closed) },
    { kind: 'raise', server: to, set, serialStep },
  ]
  const opensFrom = serialStep === 0 ? before : closed
  const opening: readonly Step[] = [
    { kind: 'collect', server: to, survivors: names, set, changes: changes(before, collecting) },
    { kind: 'settle', server: to, set },
    { kind: 'note', server: to, from, set, term: handover.termAfter, peers: [to, ...peers] },
    ...(serialStep === 0 ? [] : raising),
    { kind: 'open', server: to, set, changes: changes(opensFrom, after) },
  ]
  const steps: Step[] = [
    ...planFences(handover, { fences: all, peers: [to, ...peers] }),
    ...(left === 'active' ? [] : opening),
    ...peers.map(name => announce(order, name)),
    { kind: 'probe', server: to, to, set },
    { kind: 'converge', servers: [to, ...names], to, set },
    { kind: 'compare', servers: [to, ...names], to, set },
  ]
  return planOf(fleet, order, { operation: 'failover', handover, steps })
}

function isPeer(server: Fleet['servers'][number]): server is Peer {
  return server.kind === 'peer'
}

function announce({ others, handover }: FailoverOrder, server: string): Step {
  const files = others.get(server)
  invariant(files !== undefined, 'every peer that answers has its files rendered')
  return { kind: 'announce', server, set: handover.set, changes: changesBetween(files.before, files.after) }
}
