import type { Failure, Instant } from '../../core/base/index.ts'
import type { StepOutcome } from '../../core/plan/index.ts'

/**
 * One line of a run's journal. `generation` counts who held the run, `sequence` the lines; together they are unique, and a
 * sequence that is left out is missed when the journal is read. Fields that are not known here are kept.
 */
export type JournalEntry = JournalPlace & JournalEvent

export type JournalPlace = EntryPlace & {
  readonly at: Instant
  /** The sequence before it that some copy took; left out where that is the one right before. Those between are no gap. */
  readonly after?: number | undefined
  /** Milliseconds by the writer's own clock that nobody can set: comparable within one generation. Older Batons wrote none. */
  readonly elapsed?: number | undefined
}

export type EntryPlace = { readonly generation: number; readonly sequence: number }

/** Steps are told by their index in the plan. Forward is doing, back is undoing. */
export type JournalEvent =
  | { readonly kind: 'begun' }
  /** `last` is what its new holder had read: whatever an earlier one wrote after it counts for nothing. */
  | { readonly kind: 'taken-over'; readonly by: string; readonly last?: EntryPlace | undefined }
  /** A step that takes long is still under way. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'intent'; readonly step: number; readonly direction: Direction }
  /** What a step found, written down before it acts on it. */
  | { readonly kind: 'found'; readonly step: number; readonly outcome: StepOutcome }
  | {
      readonly kind: 'done'
      readonly step: number
      readonly direction: Direction
      readonly elapsedMs: number
      /** What a person would want to read of it later. */
      readonly remarks: readonly string[]
      /** Whether a remark wants a person; left out where none does. */
      readonly unwell?: boolean | undefined
      /** When writes stopped (freeze) or opened (promote); nothing for other steps. */
      readonly writesAt: Instant | undefined
      /** The same moment by the writer's other clock. */
      readonly writesElapsed?: number | undefined
      /** What it found or did, for a later step; left out where there is nothing. */
      readonly outcome?: StepOutcome | undefined
    }
  | {
      readonly kind: 'failed'
      readonly step: number
      readonly direction: Direction
      readonly failure: Failure
    }
  | { readonly kind: 'turned'; readonly because: string }
  /** `because` is told of a run that another one superseded. */
  | { readonly kind: 'ended'; readonly outcome: RunOutcome; readonly because?: string | undefined }

export type Direction = 'forward' | 'back'

/** `superseded`: it lost a server on the way, and a failover went on from where it stood. */
export type RunOutcome = 'done' | 'rolled-back' | 'superseded'

/** All lines that any copy has, in order, each once. */
export function gatherEntries(copies: readonly (readonly JournalEntry[])[]): readonly JournalEntry[] {
  const byPlace = new Map<string, JournalEntry>()
  for (const entry of copies.flat()) byPlace.set(placeInJournal(entry), entry)
  return [...byPlace.values()].sort(
    (left, right) => left.generation - right.generation || left.sequence - right.sequence,
  )
}

/**
 * All that any copy knows, in order: a crash may have left one copy shorter than another. What a holder wrote that was only
 * asleep, after somebody had taken the run over, is left out: who took over did not know of it.
 */
export function mergeEntries(copies: readonly (readonly JournalEntry[])[]): readonly JournalEntry[] {
  const gathered = gatherEntries(copies)
  const takeOvers = gathered.filter(entry => entry.kind === 'taken-over')
  return gathered.filter(entry => !takeOvers.some(taken => cameTooLate(entry, taken)))
}

/**
 * The places that must be there and are in no copy: a sequence before another of its generation, and all up to the last
 * line that whoever took over had read. Expects merged entries.
 */
export function findGaps(entries: readonly JournalEntry[]): readonly EntryPlace[] {
  const known = new Set(entries.map(placeInJournal))
  for (const { generation, sequence, after = sequence } of entries)
    for (let failed = after + 1; failed < sequence; failed++)
      known.add(placeInJournal({ generation, sequence: failed }))
  const read = entries.flatMap(entry =>
    entry.kind === 'taken-over' && entry.last !== undefined ? [entry.last] : [],
  )
  const newest = new Map<number, number>()
  for (const { generation, sequence } of [...entries, ...read])
    newest.set(generation, Math.max(sequence, newest.get(generation) ?? 0))
  return [...newest].flatMap(([generation, last]) =>
    Array.from({ length: last + 1 }, (_, sequence) => ({ generation, sequence })).filter(
      place => !known.has(placeInJournal(place)),
    ),
  )
}

export function placeInJournal({ generation, sequence }: EntryPlace): string {
  return `${generation}.${sequence}`
}

function cameTooLate(
  entry: EntryPlace,
  { generation, last }: JournalEntry & { kind: 'taken-over' },
): boolean {
  if (last === undefined || entry.generation >= generation) return false
  if (entry.generation !== last.generation) return entry.generation > last.generation
  return entry.sequence > last.sequence
}
