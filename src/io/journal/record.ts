import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import type { Plan } from '../../core/plan/index.ts'
import { entriesPath, type JournalCopy, planPath } from './copy.ts'
import { findGaps, type JournalEntry, mergeEntries, placeInJournal } from './entry.ts'
import { parseLines } from './line.ts'
import { parsePlan, planDigest } from './plan-record.ts'
import { type Progress, progressOf } from './progress.ts'
import {
  failuresOf,
  type Meaning,
  RESTORE,
  type Reading,
  readEverywhere,
  unreadRecord,
  valuesRead,
} from './reading.ts'

/** A run as its copies tell it together. */
export type RecordedRun = {
  readonly plan: Plan
  readonly entries: readonly JournalEntry[]
  readonly progress: Progress
  /** Copies of which a part could not be read, or is damaged: others had what they lack. */
  readonly unread: readonly Failure[]
}

/** What is known of a run before its record is read, and of whom nothing can be expected. */
export type RecordOrder = {
  readonly run: string
  /** SHA-256 (hex) of the plan's file, as the lock says it. */
  readonly plan?: string | undefined
  /** Who began it. */
  readonly by?: string | undefined
  /** Copies that are fenced or left out by name: theirs is not known, and nobody waits for it. */
  readonly leftOut?: readonly string[] | undefined
  /** What was read of it before: one of these copies, or one that is not among them, had it. */
  readonly known?: Pick<RecordedRun, 'plan' | 'entries'> | undefined
}

/**
 * The record of a run; nothing where every copy was seen to have neither plan nor journal, so that nothing began. All else
 * that keeps the record from being whole is a failure (`engine.record-unreadable`, `engine.record-damaged`,
 * `engine.journal-gap`, `engine.newer-run`).
 */
export async function readRun(
  copies: readonly JournalCopy[],
  order: RecordOrder,
): Promise<Result<RecordedRun | undefined, Failure>> {
  const [plans, journals] = await Promise.all([readPlans(copies, order), readJournals(copies, order.run)])
  const waited = (readings: readonly Reading<unknown>[]) =>
    readings.filter(({ copy }) => order.leftOut?.includes(copy.name) !== true)
  const [newer] = failuresOf(waited([...plans, ...journals]), ['newer'])
  if (newer !== undefined) return fail(newer)
  const unread = failuresOf([...plans, ...journals], ['unreadable', 'damaged'])
  const known = order.known?.entries ?? []
  const entries = mergeEntries([known, ...valuesRead(journals).map(journal => journal.entries)])
  const plan = valuesRead(plans)[0] ?? order.known?.plan
  // A file without a whole line says as little as one that cannot be read.
  const blind = failuresOf(waited(journals), ['unreadable', 'damaged'])
  if (plan === undefined) {
    const unseen = [...failuresOf(waited(plans), ['unreadable', 'damaged']), ...blind]
    if (unseen.length > 0) return fail(unreadRecord(order.run, unseen, order.by))
    return entries.length === 0 ? ok(undefined) : fail(planLost(order.run, journals))
  }
  if (entries.length === 0 && blind.length > 0) return fail(unreadRecord(order.run, blind, order.by))
  const gaps = findGaps(entries)
  if (gaps.length > 0)
    return fail(journalGap(order.run, { missing: gaps.map(placeInJournal), journals, blind }))
  return ok({ plan, entries, progress: progressOf(plan, entries), unread })
}

function readPlans(
  copies: readonly JournalCopy[],
  { run, plan: digest }: RecordOrder,
): Promise<readonly Reading<Plan>[]> {
  return readEverywhere(
    copies,
    copy => planPath(copy, run),
    bytes => {
      const plan = parsePlan(bytes, run)
      if (typeof plan === 'string') return plan
      return digest === undefined || planDigest(bytes) === digest ? { value: plan } : 'damaged'
    },
  )
}

/** What one copy has of a journal. */
export type CopyOfJournal = {
  readonly entries: readonly JournalEntry[]
  /** Whether every line of it is whole. */
  readonly whole: boolean
}

export function readJournals(
  copies: readonly JournalCopy[],
  run: string,
): Promise<readonly Reading<CopyOfJournal>[]> {
  return readEverywhere(copies, copy => entriesPath(copy, run), meaningOfJournal)
}

function meaningOfJournal(bytes: Uint8Array): Meaning<CopyOfJournal> {
  const text = new TextDecoder().decode(bytes)
  const lines = parseLines(text)
  if (lines.some(({ kind }) => kind === 'newer')) return 'newer'
  const entries = lines.flatMap(line => (line.kind === 'entry' ? [line.entry] : []))
  if (entries.length === 0) return 'damaged'
  const whole = text.endsWith('\n') && lines.every(({ kind }) => kind === 'entry' || kind === 'blank')
  return { value: { entries, whole } }
}

function planLost(run: string, journals: readonly Reading<CopyOfJournal>[]): Failure {
  return failure({
    code: 'engine.record-damaged',
    subject: run,
    because: `no copy has its plan, and the journal on ${namesOf(journals)} says that it began`,
    remedy: RESTORE,
  })
}

type Gap = {
  readonly missing: readonly string[]
  readonly journals: readonly Reading<CopyOfJournal>[]
  readonly blind: readonly Failure[]
}

function journalGap(run: string, { missing, journals, blind }: Gap): Failure {
  const lines =
    missing.length === 1
      ? `line ${missing[0]} of its journal is`
      : `lines ${missing.join(', ')} of its journal are`
  const others = blind.map(({ because }) => `; ${because}`).join('')
  return failure({
    code: 'engine.journal-gap',
    subject: run,
    because: `${lines} in no copy (${namesOf(journals)}), and later ones are${others}`,
    remedy: blind.length > 0 ? `Make the other copies readable; they may have it. ${RESTORE}` : RESTORE,
  })
}

function namesOf(journals: readonly Reading<CopyOfJournal>[]): string {
  return journals.flatMap(({ kind, copy }) => (kind === 'read' ? [copy.name] : [])).join(', ')
}
