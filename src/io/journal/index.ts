export { type BesideFile, readBeside } from './beside.ts'
export { type HeldPlace, type JournalCopy, type JournalFile, type JournalFiles, runFolder } from './copy.ts'
export type { Direction, JournalEntry, JournalEvent, RunOutcome } from './entry.ts'
export { type FoundRun, findUnfinishedRun, type RecordedRun, readRun } from './find.ts'
export { type HistoryEntry, readHistory, writeHistory } from './history.ts'
export { type Holder, readHolder } from './holder.ts'
export {
  beginRun,
  type CopiesNeeded,
  type Journal,
  type JournalStart,
  type TakeOver,
  takeOverRun,
} from './journal.ts'
export { heldBy, type Lock, readLock, releaseLocks, saysWhose } from './lock.ts'
export { type Progress, progressOf, type StepProgress } from './progress.ts'
export { SILENCE_MAX_MS, withSignsOfLife } from './sign-of-life.ts'
