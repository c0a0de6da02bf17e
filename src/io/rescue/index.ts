export { findOrphans, indexZones, type RescuedZone, type RescueWorld } from './find-orphans.ts'
export { type JudgedZone, judgeZone, type ZoneQuestion } from './judge-zone.ts'
export {
  type ForkRecords,
  ownManifest,
  readForkRecords,
  readRescues,
  type SavedRescue,
} from './read-rescues.ts'
export { addToReplayRecord, readReplayRecord } from './replay-records.ts'
export { type Replay, type ReplayOutcome, replayZone } from './replay-zone.ts'
