export { type DiskSerial, readDiskSerial, type ZoneHeads } from './disk-serial.ts'
export type { ZoneFileHead } from './zone-file-head.ts'
