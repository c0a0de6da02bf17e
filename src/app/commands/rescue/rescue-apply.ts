import {
  type Failure,
  failure,
  ok,
  type Problem,
  type Result,
  type SharedKey,
} from '../../../core/base/index.ts'
import {
  type Act,
  type JudgedOrphan,
  orphanId,
  printReplayed,
  REPLAY_NONE,
} from '../../../core/rescue/index.ts'
import { linkOf } from '../../../io/observe/index.ts'
import {
  addToReplayRecord,
  type JudgedZone,
  judgeZone,
  type ReplayOutcome,
  replayZone,
} from '../../../io/rescue/index.ts'
import type { ReplayDocument, ReplayedOrphan, RescueDocument } from '../../contract/index.ts'
import { prepareInSession } from '../handover/prepared.ts'
import { amongOurs } from '../session/among-ours.ts'
import { systemClock, timestamp } from '../session/clock.ts'
import { currentOperator } from '../session/operator.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { writeRescueHistory } from './rescue-history.ts'
import { type JudgedRescue, judgeRescue, type RescueOrder } from './rescue-judge.ts'
import { chooseKeys } from './rescue-keys.ts'
import { rescueDocument } from './rescue-show.ts'

export type RescueApplyOptions = SessionOptions &
  RescueOrder & {
    /** The key that signs; nothing takes one that each zone names. */
    readonly key: string | undefined
    /** Why, for the history. */
    readonly reason: string | undefined
  }

/** A replay that may be begun: the person sees what it would do, and says yes or no. */
export type PreparedReplay = {
  readonly document: RescueDocument
  /** Orphans that would be sent. */
  readonly count: number
  readonly start: () => Promise<ReplayDocument>
  readonly close: () => Promise<void>
}

/** Holds the orphans against the active. Whoever gets a prepared replay must close it. */
export function prepareReplay(
  options: RescueApplyOptions,
): Promise<Result<PreparedReplay, readonly Problem[]>> {
  const prepare = amongOurs<PreparedReplay>(session => prepareIn(session, options))
  return prepareInSession(options, prepare)
}

async function prepareIn(
  session: Session,
  options: RescueApplyOptions,
): Promise<Result<PreparedReplay, readonly Problem[]>> {
  const judged = await judgeRescue(session, options)
  if (!judged.ok) return judged
  const keys = chooseKeys(session, judged.value.zones, options.key)
  if (!keys.ok) return keys
  const all = judged.value.zones.flatMap(zone => zone.judged)
  return ok({
    document: rescueDocument(session, judged.value),
    count: all.filter(({ verdict }) => verdict === 'applies').length,
    start: () => replay(session, judged.value, { keysOf: keys.value, reason: options.reason }),
    close: session.close,
  })
}

type Replaying = {
  readonly keysOf: (zone: JudgedZone) => readonly SharedKey[]
  readonly reason: string | undefined
}

async function replay(
  session: Session,
  judged: JudgedRescue,
  { keysOf, reason }: Replaying,
): Promise<ReplayDocument> {
  const began = systemClock.now()
  const act = { at: timestamp(began), by: currentOperator().by }
  const orphans: ReplayedOrphan[] = []
  const problems: Problem[] = [...judged.failures]
  for (const zone of judged.zones) {
    const applied: JudgedOrphan[] = []
    await replayZone(judged.world, {
      zone,
      keys: keysOf(zone),
      onOutcome: async (orphan, outcome) => {
        orphans.push(replayed(zone, orphan, outcome))
        if (outcome.kind === 'failed') problems.push(outcome.failure)
        if (outcome.kind === 'applied') applied.push(orphan)
        if (isToRemember(judged, { zone, orphan, outcome }))
          problems.push(...(await remember(session, judged, { zone, orphan, act })))
      },
    })
    if (applied.length > 0) problems.push(...(await findNotTaken(judged, { zone, applied })))
  }
  const document: ReplayDocument = {
    version: 1,
    document: 'replay',
    server: judged.rescue.server,
    place: judged.rescue.place,
    orphans,
    problems,
  }
  const failures = await writeRescueHistory(session, {
    operation: 'rescue-apply',
    rescue: judged.rescue,
    set: judged.manifest.set,
    to: judged.zones[0]?.active,
    term: judged.manifest.term,
    act,
    reason,
    elapsedMs: systemClock.now() - began,
    unwell: isLeftUnwell(orphans),
    remarks: remarksOf(document),
  })
  return { ...document, problems: [...problems, ...failures] }
}

/** Something was left of what was begun; a replay that had nothing to send changed nothing, and is just done. */
function isLeftUnwell(orphans: readonly ReplayedOrphan[]): boolean {
  const wasTried = orphans.some(({ outcome }) => TRIED.includes(outcome))
  return wasTried && orphans.some(({ outcome }) => outcome !== 'applied' && outcome !== 'already-there')
}

const TRIED: readonly ReplayedOrphan['outcome'][] = ['applied', 'changed-meanwhile', 'failed']

/** What is on the active, unless that stands in the record already. */
function isToRemember(
  { record }: JudgedRescue,
  { zone, orphan, outcome }: Pick<Deed, 'zone' | 'orphan'> & { readonly outcome: ReplayOutcome },
): boolean {
  const isThere = outcome.kind === 'applied' || outcome.kind === 'already-there'
  return isThere && record.replayed.get(zone.rescued.id)?.has(orphanId(orphan.orphan)) !== true
}

type Deed = { readonly zone: JudgedZone; readonly orphan: JudgedOrphan; readonly act: Act }

async function remember(
  session: Session,
  { rescue }: JudgedRescue,
  { zone, orphan, act }: Deed,
): Promise<readonly Failure[]> {
  const line = printReplayed(zone.rescued.id, orphanId(orphan.orphan), act)
  const written = await addToReplayRecord(linkOf(session.links, rescue.server), rescue, line)
  return written.ok ? [] : [written.error]
}

/** An answer says that an update was done; only the content says what came of it. */
async function findNotTaken(
  { world, rescue }: JudgedRescue,
  { zone, applied }: { readonly zone: JudgedZone; readonly applied: readonly JudgedOrphan[] },
): Promise<readonly Failure[]> {
  const again = await judgeZone(world, { rescue, rescued: zone.rescued, record: REPLAY_NONE })
  if (!again.ok) return [again.error]
  const sent = new Set(applied.map(({ orphan }) => orphanId(orphan)))
  const left = again.value.judged.filter(
    ({ orphan, verdict }) => verdict === 'applies' && sent.has(orphanId(orphan)),
  )
  return left.length === 0 ? [] : [notTaken(zone, left)]
}

function notTaken({ rescued, active }: JudgedZone, left: readonly JudgedOrphan[]): Failure {
  const serials = left.map(({ orphan }) => `${orphan.from} to ${orphan.to}`).join(', ')
  return failure({
    code: 'rescue.not-taken',
    subject: rescued.id,
    because: `${active} does not show what it answered to have done: serial ${serials}`,
    remedy: 'Look with `baton rescue show`, and at the records themselves.',
  })
}

function replayed(zone: JudgedZone, { orphan }: JudgedOrphan, outcome: ReplayOutcome): ReplayedOrphan {
  const { name, view } = zone.rescued.zone
  const { from, to, source } = orphan
  return { zone: name, view, from, to, source, outcome: outcome.kind }
}

function remarksOf({ orphans }: ReplayDocument): readonly string[] {
  const counts = new Map<string, number>()
  for (const { outcome } of orphans) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`)
}
