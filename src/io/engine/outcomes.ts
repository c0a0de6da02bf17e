import type { Failure, Result, Serial } from '../../core/base/index.ts'
import type { Serials, StepOutcome } from '../../core/plan/index.ts'
import type { CopiesNeeded, Journal } from '../journal/index.ts'

/** What the steps of a run have found and done, by its journal: the same for the process that did it and for one that resumes. */
export type Outcomes = {
  /** What the step that runs now wrote down the last time it was at it. */
  readonly own: () => StepOutcome
  /** What the latest step that knows such a thing wrote down. */
  readonly latest: <Key extends keyof StepOutcome>(key: Key) => Latest<Key> | undefined
  /** Writes down what the step has found, before it acts on it. */
  readonly record: (outcome: StepOutcome) => Promise<Result<void, Failure>>
}

export type Latest<Key extends keyof StepOutcome> = {
  readonly value: NonNullable<StepOutcome[Key]>
  /** Whether the process that runs now wrote it: what another one saw may have been changed by a third hand since. */
  readonly isOurs: boolean
}

/** The outcomes of a run, as the step with this index sees them. */
export function outcomesIn(journal: Journal, index: number, need: CopiesNeeded): Outcomes {
  return {
    own() {
      let own: StepOutcome = {}
      for (const { step, outcome } of notes(journal)) if (step === index) own = { ...own, ...outcome }
      return own
    },
    latest(key) {
      const note = notes(journal).findLast(({ outcome }) => outcome[key] !== undefined)
      const value = note?.outcome[key]
      if (note === undefined || value === undefined) return undefined
      return { value, isOurs: note.generation === journal.generation }
    },
    record: outcome => journal.write({ kind: 'found', step: index, outcome }, need),
  }
}

type Note = { readonly step: number; readonly generation: number; readonly outcome: StepOutcome }

function notes(journal: Journal): readonly Note[] {
  return journal.entries().flatMap(entry => {
    if ((entry.kind !== 'found' && entry.kind !== 'done') || entry.outcome === undefined) return []
    return [{ step: entry.step, generation: entry.generation, outcome: entry.outcome }]
  })
}

/** Serials as they stand in a journal. */
export function serialsToKeep(serials: ReadonlyMap<string, Serial>): Serials {
  return Object.fromEntries(serials)
}

/** Serials as they were kept in a journal; `otherwise` where none were. */
export function serialsKept(
  serials: Serials | undefined,
  otherwise: ReadonlyMap<string, Serial> = new Map(),
): ReadonlyMap<string, Serial> {
  return serials === undefined ? otherwise : new Map(Object.entries(serials) as [string, Serial][])
}
