export { chooseForkRecord, type Deposition, type Fork, matchFork } from './find-fork.ts'
export { type ForkRecord, parseForkRecord, printForkRecord } from './fork-record.ts'
export { type Manifest, parseManifest, type SavedZone } from './manifest.ts'
export {
  type Beyond,
  findZoneOrphans,
  type Orphan,
  type SavedJournal,
  type ZoneEvidence,
  type ZoneOrphans,
} from './zone-orphans.ts'
