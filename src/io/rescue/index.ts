export { findOrphans, indexZones, type RescuedZone, type RescueWorld } from './find-orphans.ts'
export {
  type ForkRecords,
  readForkRecords,
  readRescues,
  type SavedRescue,
} from './read-rescues.ts'
