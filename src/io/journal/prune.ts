import type { Failure, Instant } from '../../core/base/index.ts'
import { type JournalCopy, runFolder } from './copy.ts'
import { readHistory } from './history.ts'
import { readLocks } from './lock.ts'
import { valuesRead } from './reading.ts'
import { readRun } from './record.ts'
import { listRuns } from './runs.ts'

/** What did not begin within this time after it was planned never will, in milliseconds. */
const BEGIN_MAX_MS = 24 * 3_600_000

export type Pruning = {
  /** Fleet files in one folder share it: of another fleet nothing is removed. */
  readonly fleet: string
  /** How many of the runs that are over stay on record. */
  readonly keep: number
  readonly now: Instant
}

/**
 * Removes the record of runs that are over but for the newest, because plans hold keys. Over is what the history of the fleet
 * has, and what never began; whatever is unfinished, or cannot be read, stays. The history itself stays whole.
 */
export async function pruneRuns(
  copies: readonly JournalCopy[],
  pruning: Pruning,
): Promise<readonly Failure[]> {
  const { entries, failures } = await readHistory(copies, pruning.fleet)
  const recorded = new Set(entries.map(({ run }) => run))
  const locks = await readLocks(copies)
  const held = new Set(valuesRead(locks).map(({ run }) => run))
  const told = [...failures]
  for (const copy of copies) {
    const runs = await listRuns([copy])
    if (!runs.ok) {
      told.push(runs.error)
      continue
    }
    const ended = entries.map(({ run }) => run).filter(run => runs.value.includes(run))
    const others = runs.value.filter(run => !recorded.has(run))
    const stillborn = await asyncFilter(others, run => neverBegan(copies, run, pruning))
    for (const run of [...ended.slice(0, Math.max(0, ended.length - pruning.keep)), ...stillborn]) {
      if (held.has(run)) continue
      const removed = await copy.files.remove(runFolder(copy, run))
      if (!removed.ok) told.push(removed.error)
    }
  }
  return told
}

/** A plan of this fleet without a journal anywhere, planned so long ago that nobody is about to begin it. */
async function neverBegan(
  copies: readonly JournalCopy[],
  run: string,
  { fleet, now }: Pruning,
): Promise<boolean> {
  const record = await readRun(copies, { run })
  if (!record.ok || record.value === undefined) return false
  const { plan, entries } = record.value
  return plan.fleet === fleet && entries.length === 0 && now - Date.parse(plan.created) > BEGIN_MAX_MS
}

async function asyncFilter<Value>(
  values: readonly Value[],
  test: (value: Value) => Promise<boolean>,
): Promise<readonly Value[]> {
  const kept: Value[] = []
  for (const value of values) if (await test(value)) kept.push(value)
  return kept
}
