import { type Code, type Failure, fail, ok, type Refusal, type Result } from '../../core/base/index.ts'
import { PLAN_MODE } from './begin.ts'
import { recordBeside } from './beside.ts'
import { type HeldPlace, type JournalCopy, planPath, runFolder } from './copy.ts'
import { gatherEntries, type JournalEntry, mergeEntries, placeInJournal } from './entry.ts'
import { readHistory } from './history.ts'
import { createHolder, newestIn, readGenerations } from './holder.ts'
import { holdJournal, type Journal, type JournalStart } from './journal.ts'
import { printEntry } from './line.ts'
import { journalFile } from './lines.ts'
import { printPlan } from './plan-record.ts'
import { failuresOf, unreadRecord, valuesRead } from './reading.ts'
import { readJournals, readRun } from './record.ts'
import { type Known, refuseOvertaken, seeOwn } from './see-own.ts'

export type TakeOver = JournalStart &
  Known & {
    readonly entries: readonly JournalEntry[]
    /**
     * Whether the process that holds it is `gone` as the kernel knows, or `said` to be by a person, and a disk that takes nothing may be passed
     * over. Left out means that it may only be asleep, or that every server is needed.
     */
    readonly before?: 'gone' | 'said' | undefined
  }

/** Of a disk that takes nothing. */
const DISK: ReadonlySet<Code> = new Set(['hosts.read-only', 'hosts.disk-full', 'hosts.input-output'])

/**
 * Becomes the holder of a run that somebody began: the holder folder of the next generation is made by one alone. The one before is
 * taken away, so that the servers themselves refuse what a process had still prepared that was only asleep. What a
 * copy of the record lacks is then filled from the others. Where that process is known to be gone, a disk that cannot be written is
 * passed over: nobody holds the run there, and so nothing is installed there either.
 */
export async function takeOverRun(take: TakeOver): Promise<Result<Journal, Refusal | Failure>> {
  const { plan, copies } = take
  const { run } = plan
  const { entries: told, failures } = await readHistory(copies, plan.fleet)
  const [unread] = failures
  // It may tell that the run has ended.
  if (unread !== undefined) return fail(unread)
  const own = await seeOwn(take, told)
  if (!own.ok) return own
  const unseen = failuresOf(await readJournals(copies, run), ['unreadable'])
  // Lines of the way back may be in that copy alone, and it would be overwritten.
  if (unseen.length > 0) return fail(unreadRecord(run, unseen, plan.by))
  const places: readonly HeldPlace[] = [...copies, ...(take.holds ?? [])]
  const looks = await readGenerations(places, run)
  for (const { seen } of looks) if (!seen.ok) return seen
  const written = Math.max(0, ...take.entries.map(entry => entry.generation))
  const generation = 1 + Math.max(written, newestIn(looks))
  const held: HeldPlace[] = []
  const passedOver = new Map<string, Failure>()
  for (const place of places) {
    const holding = await createHolder(place, { run, generation, holder: take.holder })
    if (holding.ok) held.push(place)
    else if (holding.error.code === 'hosts.exists')
      return fail(refuseOvertaken(run, 'somebody else has taken it over just now'))
    else if (take.before !== undefined && DISK.has(holding.error.code))
      passedOver.set(place.name, holding.error)
    else return holding
  }
  // Two who hold it on no peer would not meet.
  const isOnPeer = held.some(place => copies.some(({ name, locked }) => locked && name === place.name))
  const [unwritable] = passedOver.values()
  if (!isOnPeer && unwritable !== undefined) return fail(unwritable)
  for (const place of places) {
    const deposed = await place.files.depose({ folder: runFolder(place, run), number: generation })
    const cause = passedOver.get(place.name)
    // A full disk still renames. One that is read-only renames nothing for whoever slept either, as long as it is that.
    const isHarmless = cause !== undefined && (take.before === 'gone' || cause.code === 'hosts.read-only')
    if (!deposed.ok && !isHarmless) return deposed
  }
  // Whoever held it may have passed its locks on, or written on, until the holder files stood.
  const still = await seeOwn(take, told)
  if (!still.ok) return still
  const entries = await fillCopies(take, held)
  if (!entries.ok) return entries
  const journal = holdJournal({ ...take, generation, earlier: entries.value, passedOver })
  const latest = entries.value.at(-1)
  const last = latest && { generation: latest.generation, sequence: latest.sequence }
  const noted = await journal.write({ kind: 'taken-over', by: take.holder.by, last }, 'one-copy')
  return noted.ok ? ok(journal) : noted
}

/** Gives every copy the plan and the lines that it lacks; gives all lines that count. */
async function fillCopies(
  { plan, copies, beside, entries }: TakeOver,
  held: readonly HeldPlace[],
): Promise<Result<readonly JournalEntry[], Failure>> {
  const { run } = plan
  const record = await readRun(copies, { run, by: plan.by, known: { plan, entries } })
  if (!record.ok) return record
  const journals = await readJournals(copies, run)
  const all = [entries, ...valuesRead(journals).map(journal => journal.entries)]
  const gathered = gatherEntries(all)
  for (const journal of journals) {
    if (!held.includes(journal.copy)) continue
    const planned = await recordPlan(journal.copy, { plan, beside })
    if (!planned.ok) return planned
    const has = new Set(journal.kind === 'read' ? journal.value.entries.map(placeInJournal) : [])
    const isWhole = journal.kind === 'read' ? journal.value.whole : gathered.length === 0
    if (isWhole && gathered.every(entry => has.has(placeInJournal(entry)))) continue
    const filled = await journal.copy.files.replace(
      journalFile(journal.copy.folder, run, gathered.map(printEntry).join('')),
    )
    if (!filled.ok) return filled
  }
  return ok(mergeEntries(all))
}

async function recordPlan(
  copy: JournalCopy,
  { plan, beside = [] }: Pick<TakeOver, 'plan' | 'beside'>,
): Promise<Result<void, Failure>> {
  const laid = await recordBeside(copy, { run: plan.run, files: beside })
  if (!laid.ok) return laid
  const content = printPlan(plan)
  return copy.files.replace({ path: planPath(copy, plan.run), content, mode: PLAN_MODE, user: undefined })
}
