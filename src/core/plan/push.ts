import type { Fleet } from '../fleet/index.ts'
import type { StagedFile } from './file-change.ts'
import { type PlanOrder, planOf } from './order.ts'
import type { Plan } from './plan.ts'
import type { Step, StepOf } from './step.ts'

export type PushOrder = PlanOrder & {
  /** Server name → the files to write or remove; servers with nothing to do are left out. */
  readonly files: ReadonlyMap<string, readonly StagedFile[]>
  /** What is to be written down on each peer where that is not there yet. */
  readonly records: readonly StepOf<'record'>[]
  /** Peers that are active for some set: they are reconfigured last, when the others have shown that it works. */
  readonly actives: readonly string[]
}

/**
 * Everything is staged and checked everywhere before anything is installed anywhere; then it is written down on the peers
 * which folder that was, and new zones are looked for.
 */
export function planPush(fleet: Fleet, order: PushOrder): Plan {
  const servers = fleet.servers
    .map(({ name, kind }) => ({ name, rank: order.actives.includes(name) ? 2 : kind === 'peer' ? 1 : 0 }))
    .filter(({ name }) => (order.files.get(name)?.length ?? 0) > 0)
    .sort((left, right) => left.rank - right.rank)
    .map(({ name }) => ({ name, files: order.files.get(name) ?? [] }))
  const inspecting: Step = { kind: 'inspect', servers: servers.map(({ name }) => name) }
  const steps: Step[] = [
    ...servers.map(({ name, files }): Step => ({ kind: 'stage', server: name, files })),
    ...servers.map(({ name, files }): Step => ({ kind: 'deploy', server: name, files })),
    ...order.records,
    ...(servers.length === 0 ? [] : [inspecting]),
  ]
  return planOf(fleet, order, { operation: 'push', handover: undefined, steps })
}
