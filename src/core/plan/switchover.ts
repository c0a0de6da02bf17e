import type { Fleet, Peer } from '../fleet/index.ts'
import { changesBetween, type RoleFiles } from './changes.ts'
import { planFences } from './fences.ts'
import type { Fences } from './fencing.ts'
import type { FileChange } from './file-change.ts'
import { type PlanOrder, planOf } from './order.ts'
import type { Handover, Plan } from './plan.ts'
import type { Step } from './step.ts'

/** What a plan needs besides the fleet: everything that was decided or read before. */
export type SwitchoverOrder = PlanOrder & {
  readonly handover: Handover
  /** Peer name → the files that change with the roles, now and in each state on the way. */
  readonly files: ReadonlyMap<string, StandingFiles>
  /** How the peers that cannot be asked are kept from writing. */
  readonly fences: Fences
}

/** The contents of one peer's small files, path → text, at three moments. */
export type StandingFiles = {
  readonly before: RoleFiles
  /** The old active between freeze and demotion: standby already, still in the old term. */
  readonly released: RoleFiles
  readonly after: RoleFiles
}

/** The switchover in order: fence (what cannot be asked), settle, freeze, catch up, promote (writes open), demote, announce, probe, converge, compare. */
export function planSwitchover(fleet: Fleet, order: SwitchoverOrder): Plan {
  const { handover, files, fences } = order
  const { set, from, to, without } = handover
  const holders = fleet.servers.filter(({ name, sets }) => sets.includes(set) && !without.includes(name))
  const servers = holders.map(({ name }) => name)
  const otherPeers = holders.filter(
    (server): server is Peer => server.kind === 'peer' && server.name !== from && server.name !== to,
  )
  const peers = [from, to, ...otherPeers.map(({ name }) => name)]
  const steps: Step[] = [
    ...planFences(handover, { fences, peers }),
    { kind: 'settle', server: to, set },
    { kind: 'freeze', server: from, set, changes: changes(files.get(from), 'before', 'released') },
    { kind: 'catch-up', server: to, from, set },
    { kind: 'promote', server: to, from, set, changes: changes(files.get(to), 'before', 'after') },
    { kind: 'demote', server: from, to, set, changes: changes(files.get(from), 'released', 'after') },
    ...otherPeers.map(
      ({ name }): Step => ({
        kind: 'announce',
        server: name,
        set,
        changes: changes(files.get(name), 'before', 'after'),
      }),
    ),
    { kind: 'probe', server: from, to, set },
    { kind: 'converge', servers, to, set },
    { kind: 'compare', servers, to, set },
  ]
  return planOf(fleet, order, { operation: 'switchover', handover, steps })
}

function changes(
  files: StandingFiles | undefined,
  earlier: keyof StandingFiles,
  later: keyof StandingFiles,
): readonly FileChange[] {
  return files === undefined ? [] : changesBetween(files[earlier], files[later])
}
