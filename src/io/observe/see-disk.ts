import type { Failure, Result } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { type SeenDiskSerial, zoneId } from '../../core/snapshot/index.ts'
import { diskSerials } from '../hosts/index.ts'
import type { ServerLink } from './link.ts'

/** The serial each zone would load at from its files, by `zoneId`. */
export function seeDisk(
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<ReadonlyMap<string, SeenDiskSerial>, Failure>> {
  return diskSerials(link.host, {
    folder: link.server.paths.directory,
    user: link.server.user,
    zones: zones.map(zone => ({ id: zoneId(zone.name, zone.view), ...servedFiles(zone) })),
  })
}

/** Of an inline-signed zone the signed file is what is served; its format is raw whatever the zone says. */
function servedFiles({ name, file, journal, format, inlineSigning }: RenderedZone) {
  if (!inlineSigning) return { name, file, journal, format }
  return { name, file: `${file}.signed`, journal: `${file}.signed.jnl`, format: 'raw' as const }
}
