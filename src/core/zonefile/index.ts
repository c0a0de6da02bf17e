export { type DiskSerial, readDiskSerial, readFileSerial, type ZoneHeads } from './disk-serial.ts'
export {
  type JournalChange,
  type JournalProblem,
  readJournalChanges,
  type WireRecord,
} from './journal-changes.ts'
export { readKeyFileName, readKeyState, readKeyTime, readSepFlag } from './key-files.ts'
export { type RawProblem, readRawRecords } from './raw-records.ts'
export type { ZoneFileHead } from './zone-file-head.ts'
