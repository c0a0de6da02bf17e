import type { Release } from '../rendered.ts'
import { type OptionStanding, RELEASES, ZONE_OPTIONS } from './zone-options.ts'

/** What a server is taken to run when nobody has asked it: the oldest release ISC still maintains. */
export const RELEASE_DEFAULT: Release = '9.18'

/** Where a zone option may stand, for a release of named. */
export function standingOfOption(option: string, release: Release): OptionStanding {
  const row = Object.hasOwn(ZONE_OPTIONS, option) ? ZONE_OPTIONS[option] : undefined
  if (row === undefined) return 'unknown'
  return typeof row === 'string' ? row : (row[RELEASES.indexOf(release)] ?? 'unknown')
}

/** Whether any release knows the option: the difference between a slip of the pen and a change of release. */
export function isKnownOption(option: string): boolean {
  return Object.hasOwn(ZONE_OPTIONS, option)
}

/** Whether a block of this type may hold the option. */
export function isAllowed(standing: OptionStanding, type: 'primary' | 'secondary'): boolean {
  return standing === 'both' || standing === type
}
