import { fail, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import type { Handover, Plan } from '../../core/plan/index.ts'
import { changesWithRole } from '../../core/pushed/index.ts'
import type { Snapshot } from '../../core/snapshot/index.ts'
import { type FoundRun, findUnfinishedRun } from '../../io/journal/index.ts'
import { journalCopies } from './copies.ts'
import type { Session } from './session.ts'
import { hindranceTo } from './unfinished.ts'

/** A switchover of which one of the two servers was lost on the way, as the failover finds it that is to end it. */
export type Interrupted = {
  readonly found: FoundRun & { readonly plan: Plan }
  /** The server that is gone. */
  readonly from: string
  /** The server that may hold what nobody else has; nothing while any standby will do. */
  readonly to: string | undefined
  /** How the one that is left stands: as a standby, half promoted or half demoted, or active with every zone open. */
  readonly left: 'standby' | 'torn' | 'active'
  /** The newest term that any file on the way may name. */
  readonly term: number
}

export type InterruptedOrder = {
  readonly set: string
  readonly from: string | undefined
  readonly to: string | undefined
  /** A person says that whoever held the switchover is gone. */
  readonly takeOver: boolean
}

/**
 * The unfinished switchover of a set, where a failover is the way out: its old active is gone, or its new one after the
 * promotion had begun. In all other cases `resume` or `rollback` end it, and the checks say so.
 */
export async function findInterrupted(
  session: Session,
  snapshot: Snapshot,
  order: InterruptedOrder,
): Promise<Result<Interrupted | undefined, Refusal>> {
  const unfinished = await findUnfinishedRun(journalCopies(session, []))
  const found = unfinished.ok ? unfinished.value : undefined
  if (found?.plan?.operation !== 'switchover' || found.progress?.ended !== undefined) return ok(undefined)
  const { plan } = found
  const { handover } = plan
  if (handover?.set !== order.set) return ok(undefined)
  const isSilent = (name: string) => snapshot.servers.get(name)?.zones.ok !== true
  const interrupted = placeOf({ ...found, plan }, handover, isSilent)
  if (interrupted === undefined) return ok(undefined)
  const wrong = [
    { given: order.from, known: interrupted.from, flag: '--from' },
    { given: order.to, known: interrupted.to, flag: '--to' },
  ].find(({ given, known }) => given !== undefined && known !== undefined && given !== known)
  if (wrong !== undefined) return fail(otherwiseKnown(plan, wrong.known ?? '', wrong.flag))
  const { takeOver } = order
  const hindrance = await hindranceTo(session, found, { way: 'on', takeOver })
  return hindrance === undefined ? ok(interrupted) : fail(hindrance)
}

/** Table: who is silent, how far the promotion came, and so who is gone, who is left, and how that one stands. */
function placeOf(
  found: FoundRun & { readonly plan: Plan },
  { from, to, termBefore, termAfter }: Handover,
  isSilent: (name: string) => boolean,
): Interrupted | undefined {
  const at = found.plan.steps.findIndex(({ kind }) => kind === 'promote')
  const promoted = found.progress?.steps[at]
  if (promoted === 'done') {
    if (isSilent(to)) return { found, from: to, to: from, left: 'torn', term: termAfter }
    return isSilent(from) ? { found, from, to, left: 'active', term: termAfter } : undefined
  }
  if (promoted === 'begun') {
    if (isSilent(from) && isSilent(to)) return undefined
    if (isSilent(to)) return { found, from: to, to: from, left: 'torn', term: termAfter }
    return isSilent(from) ? { found, from, to, left: 'torn', term: termAfter } : undefined
  }
  return isSilent(from) ? { found, from, to: undefined, left: 'standby', term: termBefore } : undefined
}

/**
 * The session as the failover should plan in it: of a server that is half promoted or half demoted nobody can say which
 * small files it has, so it counts as the standby that it would be, and its small files as not known.
 */
export function sessionFor(session: Session, { found, to, left }: Interrupted): Session {
  const own = to === undefined ? undefined : session.standings.get(to)
  const expected = to === undefined ? undefined : session.expected.get(to)
  if (to === undefined || own === undefined || expected === undefined || left !== 'torn') return session
  const set = found.plan.handover?.set
  const standings = own.map(standing =>
    standing.set === set ? { ...standing, role: 'standby' as const } : standing,
  )
  const digests = [...(expected.digests ?? [])].filter(([path]) => !changesWithRole(path))
  return {
    ...session,
    standings: new Map([...session.standings, [to, standings]]),
    expected: new Map([...session.expected, [to, { ...expected, digests: new Map(digests) }]]),
  }
}

/** What a person is told before agreeing. */
export function interruptedInWords({ found, from, to, left }: Interrupted): string {
  const { run, by } = found.plan
  const how = {
    standby: `before its promotion had begun`,
    torn: `in its promotion`,
    active: `when ${to} was active already: no serial is raised, and updates go on`,
  }[left]
  return `This ends the switchover ${run} by ${by}, which lost ${from} ${how}.`
}

function otherwiseKnown(plan: Plan, known: string, flag: string): Refusal {
  return refuse({
    code: 'failover.switchover-in-middle',
    subject: plan.run,
    because: `that switchover was in its middle, and only ${flag} ${known} keeps what was acknowledged`,
    remedy: `Leave ${flag} out, or name ${known}.`,
  })
}
