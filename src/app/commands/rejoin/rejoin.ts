import { fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { planRejoin, stoppersOf } from '../../../core/plan/index.ts'
import type { Snapshot } from '../../../core/snapshot/index.ts'
import { differenceInWords } from '../../../core/verify/index.ts'
import type { ContentDifference } from '../../../io/compare/index.ts'
import { observe } from '../../../io/observe/index.ts'
import type { ForkedZone } from '../../contract/index.ts'
import { orderPlan } from '../handover/order-plan.ts'
import {
  type NothingToRun,
  type PreparedRun,
  planDocument,
  prepareInSession,
  warningsOf,
} from '../handover/prepared.ts'
import { askChecks, passed } from '../look/check.ts'
import { blankRun } from '../runs/blank-run.ts'
import { startRun } from '../runs/run.ts'
import { amongOurs } from '../session/among-ours.ts'
import { systemClock, timestamp } from '../session/clock.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import {
  findForks,
  guardFiles,
  isFork,
  judgeContent,
  type OwnContent,
  standingChanges,
} from './rejoin-content.ts'
import {
  activeInWords,
  type RejoinHandover,
  type RejoinWish,
  type ResolveWish,
  resolveRejoin,
  resolveTwoActives,
} from './rejoin-handover.ts'

type Reasoned = { readonly reason: string | undefined }

export type RejoinOptions = SessionOptions & RejoinWish & Reasoned
export type ResolveOptions = SessionOptions & ResolveWish & Reasoned

/** A rejoin that may be run, or nothing where the server is a standby with the active's content already. */
export type PreparedRejoin = PreparedRun | NothingToRun

/** Looks, checks and plans how an old active becomes a standby. Whoever gets a prepared run must close it. */
export function prepareRejoin(options: RejoinOptions): Promise<Result<PreparedRejoin, readonly Problem[]>> {
  return prepareWith(options, async (session, snapshot) => {
    const who = resolveRejoin(session, snapshot, options)
    if (!who.ok) return fail([who.error])
    return prepareIn(session, { who: who.value, snapshot, reason: options.reason })
  })
}

/** The same for the one of two actives that a person does not keep. */
export function prepareResolve(options: ResolveOptions): Promise<Result<PreparedRejoin, readonly Problem[]>> {
  return prepareWith(options, async (session, snapshot) => {
    const who = resolveTwoActives(session, snapshot, options)
    if (!who.ok) return fail([who.error])
    if (who.value === undefined) return ok(nothingToDo('resolve', `${options.keep} is the only active`))
    return prepareIn(session, { who: who.value, snapshot, reason: options.reason })
  })
}

function prepareWith(
  options: SessionOptions,
  prepare: (session: Session, snapshot: Snapshot) => Promise<Result<PreparedRejoin, readonly Problem[]>>,
): Promise<Result<PreparedRejoin, readonly Problem[]>> {
  const look = amongOurs<PreparedRejoin>(async session => {
    const { links, rendered } = session
    return prepare(session, await observe(links, { rendered, preflight: new Map() }))
  })
  return prepareInSession(options, look)
}

type Preparation = {
  readonly who: RejoinHandover
  readonly snapshot: Snapshot
  readonly reason: string | undefined
}

async function prepareIn(
  session: Session,
  { who, snapshot, reason }: Preparation,
): Promise<Result<PreparedRejoin, readonly Problem[]>> {
  const { operation, handover, deposed } = who
  const { set, from, to, without: absent } = handover
  const subject = { operation, set, from, to, absent } as const
  const { outcomes: checks } = await askChecks(session, subject)
  const at = session.links.clock.elapsed()
  const refusals = stoppersOf(checks)
  if (refusals.length > 0) return fail(refusals)
  const created = timestamp(systemClock.now())
  const since = who.since ?? created
  const differences = await findForks(session, snapshot, who)
  const content = await judgeContent(session, who, differences)
  if (!content.ok) return fail([content.error])
  const standings = await standingChanges(session, who, since)
  if (!standings.ok) return fail([standings.error])
  const isSettled =
    deposed?.role === 'standby' && [...standings.value.values()].every(({ length }) => length === 0)
  const isEqual = differences.every(found => found.server !== from && !isFork(found))
  if (isSettled && isEqual && content.value !== 'to-be-saved')
    return ok(nothingToDo(operation, `${from} is a standby of ${to}, with the same content in every zone`))
  const plan = planRejoin(session.fleet, {
    ...orderPlan(session, { operation, reason, created }),
    operation,
    handover,
    since,
    content: content.value,
    standings: standings.value,
    guard: guardFiles(session, from),
  })
  const again = async () => passed((await askChecks(session, subject, plan.run)).outcomes)
  const checked = { at, again }
  const document = planDocument(plan, [...warningsOf(checks), ...replacedWarning(who, content.value)])
  return ok({
    plan,
    document: { ...document, choice: choiceInWords(who), forks: forksOf(to, differences) },
    checks,
    start: watch => startRun(session, { plan, checked }, watch),
    close: session.close,
  })
}

function choiceInWords({ active, deposed, next, handover: { from, to, termAfter } }: RejoinHandover): string {
  const other = deposed?.role === 'active' ? `${activeInWords(deposed)} is active too` : undefined
  const own =
    deposed === undefined
      ? `named on ${from} does not answer`
      : `${from} says that it is standby in term ${deposed.term}`
  const raised =
    termAfter === active.term ? '' : `; it gets term ${termAfter}, so that no other peer has one as high`
  const later = next.map(
    each =>
      ` ${activeInWords(each)} is active as well, and left as it is: \`baton resolve --keep ${to}\` once more.`,
  )
  return `${activeInWords(active)} stays active${raised}; ${other ?? own}.${later.join('')}`
}

/** By zone, with the active's name: where two are active, "the active" names neither. */
function forksOf(to: string, differences: readonly ContentDifference[]): readonly ForkedZone[] {
  const zones = [...new Set(differences.map(({ zone }) => zone))]
  const byZone = differences.toSorted((left, right) => zones.indexOf(left.zone) - zones.indexOf(right.zone))
  return byZone.map(({ server, zone, difference }) => ({
    server,
    zone,
    kind: difference.kind,
    serial: 'serial' in difference ? difference.serial : null,
    serialActive: serialActiveOf(difference),
    because: differenceInWords(difference).replace('the active', to),
  }))
}

function serialActiveOf(difference: ContentDifference['difference']): number | null {
  if (difference.kind === 'content-differs') return difference.serial
  return 'serialActive' in difference ? difference.serialActive : null
}

/** Where a server took the active's zones by itself there is nothing left to be saved, and nobody can tell what was there. */
function replacedWarning({ handover: { from, to } }: RejoinHandover, content: OwnContent): readonly string[] {
  if (content !== 'replaced') return []
  return [
    `${from}: it took every zone from ${to} by itself, before anything was saved. If it had updates that ${to} never received, they are gone; its guard would have saved them.`,
  ]
}

function nothingToDo(operation: 'rejoin' | 'resolve', because: string): NothingToRun {
  return { document: blankRun({ run: '', operation, outcome: 'nothing-to-do', because }), plan: undefined }
}
