import { type Failure, fail, ok, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import type { Handover, Plan } from '../../../core/plan/index.ts'
import { changesWithRole } from '../../../core/pushed/index.ts'
import type { Snapshot } from '../../../core/snapshot/index.ts'
import { type FoundRun, findUnfinishedRun } from '../../../io/journal/index.ts'
import { againAs, endsWithout } from '../rejoin/left-behind.ts'
import { hindranceTo } from '../runs/unfinished.ts'
import { journalCopies } from '../session/copies.ts'
import type { Session } from '../session/session.ts'

/** A run that lost a server on the way, as the failover finds it that is to end it. */
export type Interrupted = {
  readonly found: FoundRun & { readonly plan: Plan }
  /** The server that is gone: the last that may have taken writes. Nothing where the run does not tell who that is. */
  readonly from: string | undefined
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
  /** A person says that whoever held the run is gone. */
  readonly takeOver: boolean
}

/**
 * The unfinished run where a failover is the way out: the old active of a switchover is gone, or its
 * new one after the promotion had begun, or the new active of a failover, or the active of a rejoin; or it is a push, which passes no role. In all other cases `resume` or `rollback` end it, and the
 * checks say so. What the servers that are silent have on record is not waited for; what the others have must be readable.
 */
export async function findInterrupted(
  session: Session,
  snapshot: Snapshot,
  order: InterruptedOrder,
): Promise<Result<Interrupted | undefined, Refusal | Failure>> {
  const isSilent = (name: string) => snapshot.servers.get(name)?.zones.ok !== true
  const copies = journalCopies(session, [])
  const leftOut = copies.filter(({ locked, name }) => locked && isSilent(name)).map(({ name }) => name)
  const unfinished = await findUnfinishedRun(copies, { leftOut })
  if (!unfinished.ok) return unfinished
  const found = unfinished.value
  if (found?.plan === undefined || found.progress?.ended !== undefined) return ok(undefined)
  const { plan } = found
  const interrupted = placeIn({ ...found, plan }, order.set, isSilent)
  if (interrupted === undefined) return ok(undefined)
  const wrong = [
    { given: order.from, known: interrupted.from, flag: '--from' },
    { given: order.to, known: interrupted.to, flag: '--to' },
  ].find(({ given, known }) => given !== undefined && known !== undefined && given !== known)
  if (wrong !== undefined) return fail(otherwiseKnown(plan, wrong.known ?? '', wrong.flag))
  const life = order.takeOver ? 'not-asked' : 'watched'
  const hindrance = await hindranceTo(session, found, { way: 'over', life })
  return hindrance === undefined ? ok(interrupted) : fail(hindrance)
}

/** Where a run stands that a failover may end; nothing where it is ended by other means. */
function placeIn(
  found: FoundRun & { readonly plan: Plan },
  set: string,
  isSilent: IsSilent,
): Interrupted | undefined {
  const { handover, operation } = found.plan
  const standby = { found, to: undefined, left: 'standby' } as const
  if (handover === undefined) return { ...standby, from: undefined, term: 0 }
  const isOfSet = handover.set === set
  switch (operation) {
    case 'push':
    case 'peer-remove':
      return undefined
    case 'rejoin':
    case 'resolve':
      if (!isSilent(handover.to)) return undefined
      return { ...standby, from: isOfSet ? handover.to : undefined, term: isOfSet ? handover.termAfter : 0 }
    case 'failover':
      return isOfSet ? placeOfFailover(found, handover, isSilent) : undefined
    case 'switchover':
      return isOfSet ? placeOf(found, handover, isSilent) : undefined
  }
}

type IsSilent = (server: string) => boolean

/**
 * A failover that lost its new active. Once that may have been open it is the one that is gone, with what it took; before, the old
 * active is still the last that took writes: where it is back the role goes home to it, and otherwise the new one is one more peer that
 * can't be asked.
 */
function placeOfFailover(
  found: FoundRun & { readonly plan: Plan },
  { from, to, termAfter }: Handover,
  isSilent: IsSilent,
): Interrupted | undefined {
  if (!isSilent(to)) return undefined
  const opening = found.plan.steps.findIndex(({ kind }) => kind === 'open')
  const isOpen = opening < 0 || found.progress?.steps[opening] !== 'untouched'
  if (!isOpen && !isSilent(from)) return { found, from: to, to: from, left: 'torn', term: termAfter }
  return { found, from: isOpen ? to : from, to: undefined, left: 'standby', term: termAfter }
}

/** Table: who is silent, how far the promotion came, and so who is gone, who is left, and how that one stands. */
function placeOf(
  found: FoundRun & { readonly plan: Plan },
  { from, to, termBefore, termAfter }: Handover,
  isSilent: IsSilent,
): Interrupted | undefined {
  const at = found.plan.steps.findIndex(({ kind }) => kind === 'promote')
  const promoted = found.progress?.steps[at]
  const isBegun = promoted === 'done' || promoted === 'begun'
  // With both gone a third peer takes over, from the one that may have been open last.
  if (isBegun && isSilent(from) && isSilent(to))
    return { found, from: to, to: undefined, left: 'standby', term: termAfter }
  if (promoted === 'done') {
    if (isSilent(to)) return { found, from: to, to: from, left: 'torn', term: termAfter }
    return isSilent(from) ? { found, from, to, left: 'active', term: termAfter } : undefined
  }
  if (promoted === 'begun') {
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

/** A peer that was told the term only in part counts as one of which nobody can say which small files it has. */
export function asTold(interrupted: Interrupted, to: string): Interrupted {
  const { found, left } = interrupted
  const isTorn = found.plan.steps.some(
    (step, index) =>
      step.kind === 'announce' && step.server === to && found.progress?.steps[index] === 'begun',
  )
  return left === 'standby' && isTorn ? { ...interrupted, to, left: 'torn' } : interrupted
}

/** What a person is told before agreeing. */
export function interruptedInWords({ found, from, to, left }: Interrupted): string {
  const { run, by, operation, steps, handover } = found.plan
  if (endsWithout(found))
    return `This ends the ${operation} ${run} by ${by} where it stands: \`${againAs(found.plan)}\` once all are back.`
  const opening = steps.findIndex(({ kind }) => kind === (operation === 'failover' ? 'open' : 'promote'))
  const before = operation === 'failover' ? 'before it opened writes' : 'before its promotion had begun'
  const how = {
    standby:
      found.progress?.steps[opening] === 'untouched' ? before : 'once that may have been open for writes',
    torn: operation === 'failover' ? before : 'in its promotion',
    active: `when ${to} was active already: no serial is raised, and updates go on`,
  }[left]
  const lost = operation === 'failover' ? handover?.to : from
  return `This ends the ${operation} ${run} by ${by}, which lost ${lost} ${how}.`
}

function otherwiseKnown(plan: Plan, known: string, flag: string): Refusal {
  return refuse({
    code: 'failover.switchover-in-middle',
    subject: plan.run,
    because: `that ${plan.operation} was in its middle, and only ${flag} ${known} keeps what was acknowledged`,
    remedy: `Leave ${flag} out, or name ${known}.`,
  })
}
