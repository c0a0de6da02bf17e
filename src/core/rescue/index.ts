export {
  type BothPaths,
  chooseForkNote,
  type Deposition,
  type Fork,
  hasSavedAfter,
  isForkNoteBelievable,
  matchFork,
  mayFollow,
} from './find-fork.ts'
export { type ForkRecord, parseForkRecord, printForkRecord } from './fork-record.ts'
export {
  type JudgedOrphan,
  judgeOrphans,
  type Obstacle,
  type OrphanCase,
  type OrphanVerdict,
  type PreparedSet,
} from './judge-orphans.ts'
export { type Manifest, parseManifest, type SavedZone } from './manifest.ts'
export { orphanUpdate } from './orphan-update.ts'
export { orphansByContent } from './orphans-by-content.ts'
export { printScript, type ScriptHead, type ScriptZone } from './print-script.ts'
export { type RecordChange, RecordSets } from './record-sets.ts'
export {
  type Act,
  parseReplayRecord,
  printDiscarded,
  printForks,
  printReplayed,
  REPLAY_HEAD,
  REPLAY_NONE,
  type ReplayRecord,
} from './replay-record.ts'
export { fileUnreadable, forkUnknown } from './troubles.ts'
export { withholdContent } from './withhold-content.ts'
export {
  type Beyond,
  findZoneOrphans,
  isContentId,
  isPeoples,
  type Orphan,
  orphanId,
  type SavedJournal,
  type ZoneEvidence,
  type ZoneOrphans,
} from './zone-orphans.ts'
