import {
  countOf,
  type Failure,
  fail,
  failure,
  listFew,
  ok,
  type Problem,
  type Refusal,
  type Result,
  refuse,
} from '../../../core/base/index.ts'
import { printDiscarded } from '../../../core/rescue/index.ts'
import { linkOf } from '../../../io/observe/index.ts'
import { addToReplayRecord, type SavedRescue } from '../../../io/rescue/index.ts'
import type { DiscardDocument, RescueStatus } from '../../contract/index.ts'
import { prepareInSession } from '../handover/prepared.ts'
import { amongOurs } from '../session/among-ours.ts'
import { systemClock, timestamp } from '../session/clock.ts'
import { currentOperator } from '../session/operator.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { writeRescueHistory } from './rescue-history.ts'
import { rescueStatus } from './rescue-list.ts'
import { findRescue, openRescueWorld } from './rescue-world.ts'

export type RescueDiscardOptions = SessionOptions & {
  readonly server: string
  readonly place: string
  readonly reason: string | undefined
}

/** A rescue that may be discarded, and what would be lost with it. */
export type PreparedDiscard = {
  readonly document: DiscardDocument
  /** Why that should not be done without a word; nothing where nothing would be lost. */
  readonly left: Refusal | undefined
  readonly start: () => Promise<Result<DiscardDocument, readonly Problem[]>>
  readonly close: () => Promise<void>
}

/** Counts what would be lost. Whoever gets a prepared discard must close it. */
export function prepareDiscard(
  options: RescueDiscardOptions,
): Promise<Result<PreparedDiscard, readonly Problem[]>> {
  const prepare = amongOurs<PreparedDiscard>(async session => {
    const found = await findRescue(session, options)
    if (!found.ok) return found
    const status = await rescueStatus(await openRescueWorld(session), found.value)
    const document = documentOf(status)
    const behind = document.discarded ? await leftBehind(session, found.value) : []
    return ok({
      document: { ...document, problems: [...document.problems, ...behind] },
      left: leftIn(status, document),
      start: () => discard(session, found.value, { status, document, reason: options.reason }),
      close: session.close,
    })
  })
  return prepareInSession(options, prepare)
}

function documentOf(status: RescueStatus): DiscardDocument {
  const { server, place, orphans, replayed, zonesUnclear, state, problems } = status
  return {
    version: 1,
    document: 'discard',
    server,
    place,
    orphansLeft: orphans - replayed,
    zonesUnclear,
    discarded: state === 'discarded',
    problems,
  }
}

function leftIn(
  { server, place, state }: RescueStatus,
  { orphansLeft, zonesUnclear }: DiscardDocument,
): Refusal | undefined {
  const because =
    state === 'unreadable'
      ? 'it cannot be told what it holds'
      : orphansLeft > 0
        ? `it holds ${countOf(orphansLeft, 'orphan')} that ${orphansLeft === 1 ? 'was' : 'were'} not replayed`
        : zonesUnclear > 0
          ? `in ${countOf(zonesUnclear, 'zone')} not every orphan can be counted`
          : undefined
  if (because === undefined) return undefined
  return refuse({
    code: 'rescue.orphans-left',
    subject: `${server} ${place}`,
    because,
    remedy: `\`baton rescue show ${server} ${place}\` says which of them \`apply\` replays, and which are yours to decide; --with-orphans discards them.`,
  })
}

/** The guard's word and ours stay; the files, their list, and the orphans that were written out of them go. */
function isToGo(name: string): boolean {
  return name !== 'manifest' && name !== 'replayed'
}

type Discarding = {
  readonly status: RescueStatus
  readonly document: DiscardDocument
  readonly reason: string | undefined
}

/**
 * Written down first: files without a word on why they are gone would be worse. What the guard wrote stays, so that its name is
 * not given to another rescue.
 */
async function discard(
  session: Session,
  rescue: SavedRescue,
  { status, document, reason }: Discarding,
): Promise<Result<DiscardDocument, readonly Problem[]>> {
  const began = systemClock.now()
  const act = { at: timestamp(began), by: currentOperator().by }
  const link = linkOf(session.links, rescue.server)
  if (!document.discarded) {
    const noted = await addToReplayRecord(link, rescue, printDiscarded(act))
    if (!noted.ok) return fail([noted.error])
  }
  const failures: Failure[] = []
  const saved = await link.host.list(rescue.folder)
  if (!saved.ok) failures.push(notRemoved(rescue, saved.error))
  for (const name of saved.ok ? saved.value.filter(isToGo) : []) {
    const removed = await link.host.remove(`${rescue.folder}/${name}`)
    if (!removed.ok) failures.push(notRemoved(rescue, removed.error))
  }
  // What was left by a discard that failed halfway is gone now too, and that is nothing more to tell.
  if (document.discarded) return ok({ ...document, problems: [...document.problems, ...failures] })
  failures.push(
    ...(await writeRescueHistory(session, {
      operation: 'rescue-discard',
      rescue,
      set: status.set ?? undefined,
      to: undefined,
      term: status.term ?? undefined,
      act,
      reason,
      elapsedMs: systemClock.now() - began,
      remarks: [thrownAway(document)],
    })),
  )
  return ok({ ...document, discarded: true, problems: [...document.problems, ...failures] })
}

/** What a discard that failed halfway did not remove. */
async function leftBehind(session: Session, rescue: SavedRescue): Promise<readonly Failure[]> {
  const { server: subject, place, folder } = rescue
  const saved = await linkOf(session.links, subject).host.list(folder)
  if (!saved.ok) return [notRemoved(rescue, saved.error)]
  const names = saved.value.filter(isToGo)
  if (names.length === 0) return []
  return [
    failure({
      code: 'rescue.not-removed',
      subject,
      because: `of its rescue of term ${place} ${listFew(names)} ${names.length === 1 ? 'is' : 'are'} still there`,
      remedy: `\`baton rescue discard ${subject} ${place}\` removes the rest.`,
    }),
  ]
}

/** The remedy of the failure alone would leave out that somebody has to come back. */
function notRemoved({ server, place }: SavedRescue, kept: Failure): Failure {
  const again = `\`baton rescue discard ${server} ${place}\``
  return {
    ...kept,
    code: 'rescue.not-removed',
    remedy: `Fix that, then ${again} once more: it removes the rest.`,
  }
}

function thrownAway({ orphansLeft, zonesUnclear }: DiscardDocument): string {
  const lost = `${countOf(orphansLeft, 'orphan')} thrown away`
  if (zonesUnclear === 0) return lost
  return `${lost}, and in ${countOf(zonesUnclear, 'zone')} not every one could be counted`
}
