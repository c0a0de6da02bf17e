import type { Plan } from '../../core/plan/index.ts'
import type { Direction, JournalEntry, RunOutcome } from './entry.ts'

/** How far a run has come, as its journal tells. */
export type Progress = {
  readonly direction: Direction
  /** Why it turned back, when it did. */
  readonly turnedBecause: string | undefined
  /** What a step has been through, by its index. */
  readonly steps: readonly StepProgress[]
  readonly ended: RunOutcome | undefined
  /** By what it was superseded, when it was. */
  readonly endedBecause: string | undefined
}

/** `begun` means that it may have been done, in part or whole: it is run, or undone, once more. */
export type StepProgress = 'untouched' | 'begun' | 'done' | 'undone'

export function progressOf(plan: Plan, entries: readonly JournalEntry[]): Progress {
  const steps: StepProgress[] = plan.steps.map(() => 'untouched')
  let direction: Direction = 'forward'
  let turnedBecause: string | undefined
  let ended: RunOutcome | undefined
  let endedBecause: string | undefined
  for (const entry of entries) {
    switch (entry.kind) {
      case 'intent':
        steps[entry.step] = 'begun'
        break
      case 'done':
        steps[entry.step] = entry.direction === 'forward' ? 'done' : 'undone'
        break
      case 'turned':
        direction = 'back'
        turnedBecause = entry.because
        break
      case 'ended':
        ended = entry.outcome
        endedBecause = entry.because
        break
      case 'begun':
      case 'taken-over':
      case 'alive':
      case 'found':
      case 'failed':
        break
    }
  }
  return { direction, turnedBecause, steps, ended, endedBecause }
}
