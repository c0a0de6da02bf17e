import type { NamedUser } from './host.ts'

/** Which zones' serials to read. */
export type DiskSerialsRequest = {
  /** named's working directory: where relative paths start. */
  readonly folder: string
  readonly zones: readonly ZoneFiles[]
  /** named's user, whose files they are; left out where they are root's. */
  readonly user?: NamedUser
}

/** Where a zone is on disk. For an inline-signed zone the `.signed` file and its journal are what it serves. */
export type ZoneFiles = {
  /** How the answer names it; `zoneId` of the snapshot. */
  readonly id: string
  /** The zone's origin. */
  readonly name: string
  readonly file: string
  readonly journal: string
  readonly format: 'text' | 'raw'
}
