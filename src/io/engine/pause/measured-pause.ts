import type { Journal, JournalEntry } from '../../journal/index.ts'

/** How long writes were refused, as far as the journal of a run tells. */
export type WritePause = {
  readonly ms: number
  /** One process may have seen both ends, by a clock that nobody can set; where several were at it, it was at least so long. */
  readonly is: 'measured' | 'at-least'
}

/**
 * From the order to freeze to writes being open again, on the new active or, after a rollback, on the old one; nothing where they never
 * stopped, or are not open yet. A freeze that failed counts from its order, since it may have been carried out. Times of day are not
 * used: the lines may come from two machines, and a clock may have been set in between.
 */
export function writePauseOf({ plan, entries }: Pick<Journal, 'plan' | 'entries'>): WritePause | undefined {
  const lines = entries()
  const from = lines.findIndex(entry => stops(plan, entry))
  const reopened = lines.findIndex((entry, index) => index > from && momentOpened(entry) !== undefined)
  const to = reopened < 0 ? lines.findLastIndex(entry => opens(plan, entry)) : reopened
  const [stopped, opened] = [lines[from], lines[to]]
  if (stopped === undefined || opened === undefined || to < from) return undefined
  if (momentOf(stopped) === undefined || momentOf(opened) === undefined) return byTimesOfDay(stopped, opened)
  const between = lines.slice(from, to + 1)
  const generations = [...new Set(between.map(({ generation }) => generation))]
  const ms = generations.reduce((sum, generation) => sum + spanWithin(between, generation), 0)
  return { ms, is: generations.length === 1 ? 'measured' : 'at-least' }
}

type PlanOf = Journal['plan']

function stops(plan: PlanOf, entry: JournalEntry): boolean {
  if (entry.kind === 'found') return entry.outcome.stopping !== undefined
  return entry.kind === 'done' && isFreezing(plan, entry) && entry.writesAt !== undefined
}

function opens(plan: PlanOf, entry: JournalEntry): boolean {
  return entry.kind === 'done' && !isFreezing(plan, entry) && entry.writesAt !== undefined
}

function isFreezing(plan: PlanOf, entry: JournalEntry & { kind: 'done' }): boolean {
  return plan.steps[entry.step]?.kind === 'freeze' && entry.direction === 'forward'
}

function momentOpened(entry: JournalEntry): number | undefined {
  return entry.kind === 'found' ? entry.outcome.opened?.elapsed : undefined
}

/** By the writer's own clock, in milliseconds; nothing in lines of older Batons. */
function momentOf(entry: JournalEntry): number | undefined {
  if (entry.kind === 'found') return entry.outcome.stopping?.elapsed ?? momentOpened(entry) ?? entry.elapsed
  return (entry.kind === 'done' ? entry.writesElapsed : undefined) ?? entry.elapsed
}

/** From the first to the last line that one process wrote. */
function spanWithin(lines: readonly JournalEntry[], generation: number): number {
  const own = lines.filter(line => line.generation === generation)
  const [first, last] = [own[0], own.at(-1)]
  if (first === undefined || last === undefined) return 0
  return Math.max(0, Math.round((momentOf(last) ?? 0) - (momentOf(first) ?? 0)))
}

/** All that the lines of an older Baton have. */
function byTimesOfDay(stopped: JournalEntry, opened: JournalEntry): WritePause | undefined {
  const [from, to] = [stopped, opened].map(entry =>
    entry.kind === 'done' ? (entry.writesAt ?? entry.at) : entry.at,
  ) as [number, number]
  return to < from
    ? undefined
    : { ms: to - from, is: stopped.generation === opened.generation ? 'measured' : 'at-least' }
}
