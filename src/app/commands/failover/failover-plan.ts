import { fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import type { Peer } from '../../../core/fleet/index.ts'
import {
  type Fences,
  type Fencing,
  type Handover,
  type Plan,
  planFailover,
  type TargetFiles,
} from '../../../core/plan/index.ts'
import type { Standing } from '../../../core/render/index.ts'
import { orderPlan } from '../handover/order-plan.ts'
import { systemClock, timestamp } from '../session/clock.ts'
import { roleFiles } from '../session/role-files.ts'
import type { Session } from '../session/session.ts'
import type { FailoverHandover } from './failover-handover.ts'
import type { Interrupted } from './interrupted.ts'

/** What is gone is neither locked nor asked nor waited for. */
export function handoverOf({ set, from, to, termBefore, absent }: FailoverHandover): Handover {
  return { set, from, to, termBefore, termAfter: termBefore + 1, without: [from, ...absent] }
}

export type FailoverPlanRequest = {
  readonly handover: FailoverHandover
  readonly fencing: Fencing | undefined
  readonly fences: Fences
  readonly options: { readonly reason: string | undefined; readonly serials: 'raised' | 'kept' }
  readonly interrupted: Interrupted | undefined
}

/** The failover as a plan, from the files that the new active should have now to those it is to have. */
export function failoverPlan(
  session: Session,
  { handover, fencing, fences, options, interrupted }: FailoverPlanRequest,
): Result<Plan, readonly Problem[]> {
  const { fleet } = session
  const created = timestamp(systemClock.now())
  const target = fleet.servers.find((server): server is Peer => server.name === handover.to)
  if (target === undefined) return fail([])
  const files = targetFiles(session, target, { handover, since: created })
  if (!files.ok) return files
  const others = new Map<string, { before: TargetFiles['before']; after: TargetFiles['after'] }>()
  for (const peer of fleet.servers) {
    if (peer.kind !== 'peer' || !handover.survivors.includes(peer.name)) continue
    const own = standingsOf(session, peer, handover.set)
    const before = roleFiles(session, { peer, standings: own({}) })
    const after = roleFiles(session, {
      peer,
      standings: own({ role: 'standby', term: handover.termBefore + 1, since: created }),
    })
    if (!before.ok) return before
    if (!after.ok) return after
    others.set(peer.name, { before: before.value, after: after.value })
  }
  return ok(
    planFailover(fleet, {
      ...orderPlan(session, { operation: 'failover', reason: options.reason, created }),
      supersedes: interrupted?.found.plan.run,
      handover: handoverOf(handover),
      fencing,
      fences,
      serialStep: options.serials === 'raised' ? fleet.policy.serialStep : 0,
      left: interrupted?.left ?? 'standby',
      target: files.value,
      others,
    }),
  )
}

function targetFiles(
  session: Session,
  peer: Peer,
  { handover, since }: { readonly handover: FailoverHandover; readonly since: string },
): Result<TargetFiles, readonly Problem[]> {
  const { set, from, absent, termBefore } = handover
  const own = standingsOf(session, peer, set)
  const before = roleFiles(session, { peer, standings: own({}) })
  const collecting = roleFiles(session, {
    peer,
    standings: own({ role: 'standby' }),
    absent: [from, ...absent],
  })
  const closed = roleFiles(session, { peer, standings: own({ role: 'standby' }), closed: set })
  const after = roleFiles(session, {
    peer,
    standings: own({ role: 'active', term: termBefore + 1, since }),
  })
  if (!before.ok) return before
  if (!collecting.ok) return collecting
  if (!closed.ok) return closed
  if (!after.ok) return after
  return ok({
    before: before.value,
    collecting: collecting.value,
    closed: closed.value,
    after: after.value,
  })
}

/** How a peer stands, changed for one set. */
function standingsOf({ standings }: Session, peer: Peer, set: string) {
  return (change: Partial<Standing>): readonly Standing[] =>
    (standings.get(peer.name) ?? []).map(own => (own.set === set ? { ...own, ...change } : own))
}
