import { fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { withoutPeers } from '../../../core/fleet/index.ts'
import {
  type PeerRemoveOrder,
  planPeerRemove,
  type RemovalOrder,
  type RoleFiles,
} from '../../../core/plan/index.ts'
import { removedInWords, removedRemedy } from '../../../core/snapshot/index.ts'
import { LOOK_DEADLINE_MS } from '../../../io/observe/index.ts'
import { orderPlan } from '../handover/order-plan.ts'
import { type NothingToRun, type PreparedRun, planDocument, prepareInSession } from '../handover/prepared.ts'
import { blankRun } from '../runs/blank-run.ts'
import { startRun } from '../runs/run.ts'
import { amongOurs } from '../session/among-ours.ts'
import { systemClock, timestamp } from '../session/clock.ts'
import { linesNaming } from '../session/lines-naming.ts'
import { roleFiles } from '../session/role-files.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { refuseRemoval } from './peer-remove-refusals.ts'

export type PeerRemoveOptions = SessionOptions & {
  /** The peers that never come back. */
  readonly servers: readonly string[]
  readonly reason: string | undefined
  /** Those at whose address somebody else answers, as the person knows. */
  readonly despiteAnswer: readonly string[]
}

/** A removal that may be run, or nothing where the peers were removed before. */
export type PreparedPeerRemove = PreparedRun | NothingToRun

/**
 * Looks whether the peers are gone, and plans to have the others write down that they never come back. It goes by what was pushed
 * last, and needs nothing of the fleet folder but the fleet file and the keys. Whoever gets a prepared run must close it.
 */
export function preparePeerRemove(
  options: PeerRemoveOptions,
): Promise<Result<PreparedPeerRemove, readonly Problem[]>> {
  const prepare = amongOurs<PreparedPeerRemove>(session => prepareIn(session, options), options.servers)
  return prepareInSession({ questionMs: LOOK_DEADLINE_MS, basis: 'pushed', ...options }, prepare)
}

async function prepareIn(
  session: Session,
  options: PeerRemoveOptions,
): Promise<Result<PreparedPeerRemove, readonly Problem[]>> {
  const before = session.removed.filter(({ server }) => options.servers.includes(server))
  const servers = [...new Set(options.servers)].filter(name => before.every(({ server }) => server !== name))
  if (servers.length === 0) {
    const because = before.map(record => {
      const said = removedInWords({ peer: { record, standings: [] } })
      return `${record.server}: ${said}. ${removedRemedy(record.server, linesNaming(session.folder.fleetFile, record.server))}`
    })
    const document = blankRun({
      run: '',
      operation: 'peer-remove',
      outcome: 'nothing-to-do',
      because: because.join(' '),
    })
    return ok({ plan: undefined, document })
  }
  const order = { ...options, servers }
  const refusals = await refuseRemoval(session, order)
  if (refusals.length > 0) return fail(refusals)
  const at = session.links.clock.elapsed()
  const created = timestamp(systemClock.now())
  const peers = statesWithout(session, servers)
  if (!peers.ok) return peers
  const plan = planPeerRemove(session.fleet, {
    ...orderPlan(session, { operation: 'peer-remove', reason: options.reason, created }),
    removed: servers.map(server => removalOf(session, server, options.reason)),
    peers: peers.value,
  })
  const again = async (): Promise<Result<void, readonly Problem[]>> => {
    const now = await refuseRemoval(session, { ...order, holding: plan.run })
    return now.length > 0 ? fail(now) : ok(undefined)
  }
  const next = whatIsNext(session, servers)
  return ok({
    plan,
    document: planDocument(plan, [...whatIsLeft(servers), ...next]),
    checks: [],
    start: async watch => {
      const run = await startRun(session, { plan, checked: { at, again } }, watch)
      return run.ok && run.value.outcome === 'done'
        ? ok({ ...run.value, remarks: [...run.value.remarks, ...next] })
        : run
    },
    close: session.close,
  })
}

/** The state files of the peers that stay. Their configurations follow at the next push: those name nobody whom named would wait for. */
function statesWithout(
  session: Session,
  servers: readonly string[],
): Result<PeerRemoveOrder['peers'], readonly Problem[]> {
  const { fleet, standings } = session
  const peers = new Map<string, { before: RoleFiles; after: RoleFiles }>()
  for (const peer of fleet.servers) {
    if (peer.kind !== 'peer' || servers.includes(peer.name)) continue
    const request = { peer, standings: standings.get(peer.name) ?? [] }
    const before = roleFiles(session, request)
    const after = roleFiles({ ...session, fleet: withoutPeers(fleet, new Set(servers)) }, request)
    if (!before.ok) return before
    if (!after.ok) return after
    peers.set(peer.name, { before: onlyState(before.value), after: onlyState(after.value) })
  }
  return ok(peers)
}

function onlyState(files: RoleFiles): RoleFiles {
  return new Map([...files].filter(([path]) => path.endsWith('/baton/state')))
}

/** In the newest term that is known of a set that it holds: where an earlier run wrote one down, that may be the newer one. */
function removalOf({ fleet, fences, standings }: Session, server: string, reason = 'removed'): RemovalOrder {
  const before = fences.get(server)
  const [set = ''] = fleet.servers.find(({ name }) => name === server)?.sets ?? []
  const own = before?.set ?? set
  const terms = [...standings.values()].flatMap(each => each.flatMap(it => (it.set === own ? [it.term] : [])))
  const words = before === undefined ? reason : `${reason}; ${before.words}`
  return { server, words, set: own, term: Math.max(before?.term ?? 0, ...terms), before }
}

/** Whoever removes a server gives up what it alone has. */
function whatIsLeft(servers: readonly string[]): readonly string[] {
  return servers.map(
    name => `${name}: what it alone acknowledged stays on its disk, and no rejoin will find it any more.`,
  )
}

function whatIsNext({ folder }: Session, servers: readonly string[]): readonly string[] {
  return servers.map(name => `${name}: ${removedRemedy(name, linesNaming(folder.fleetFile, name))}`)
}
