import { compareSerials, type Failure, type Result, type Serial } from '../../../core/base/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import type { ServerLink } from '../../observe/index.ts'
import { commandZones } from '../control.ts'

/** Asking for a refresh costs a command a zone; more than this is left to NOTIFY and to the next look. */
export const REFRESH_ZONES_MAX = 2000

/** Has a secondary ask its primaries for these zones now. */
export function refreshZones(
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<void, Failure>> {
  return commandZones(link, 'refresh', zones.slice(0, REFRESH_ZONES_MAX))
}

/** Whether a zone lacks something; one that nobody has to give lacks nothing. */
export function isBehind(serial: Serial | undefined, least: Serial | undefined): boolean {
  if (least === undefined) return false
  return serial === undefined || ['before', 'incomparable'].includes(compareSerials(serial, least))
}
