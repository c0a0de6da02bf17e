import type { Serial } from '../../../core/base/index.ts'
import type { Handover } from '../../../core/plan/index.ts'
import type { SeenServer, SeenZone, Snapshot } from '../../../core/snapshot/index.ts'
import type { CheckedSerials } from '../context.ts'

/** What the checks of a handover saw, so that the run need not look twice at what has not moved since. */
export function checkedSerials(snapshot: Snapshot, { to }: Handover): CheckedSerials {
  const serials = new Map<string, ReadonlyMap<string, Serial>>()
  for (const { server, zones } of snapshot.servers.values())
    if (zones.ok) serials.set(server, serialsOf(zones.value.zones))
  const target = snapshot.servers.get(to)
  return { serials, proven: target === undefined ? new Map() : provenOn(target) }
}
/** The serials of the zones that are loaded. */
export function serialsOf(zones: ReadonlyMap<string, SeenZone>): ReadonlyMap<string, Serial> {
  const serials = new Map<string, Serial>()
  for (const [id, { serial }] of zones) if (serial !== undefined) serials.set(id, serial)
  return serials
}

/** Memory was read before the disk, so that equal serials prove that the disk held what memory did. */
function provenOn({ zones, preflight }: SeenServer): ReadonlyMap<string, Serial> {
  const disk = preflight?.disk
  const proven = new Map<string, Serial>()
  if (!zones.ok || disk?.ok !== true) return proven
  for (const [id, { serial }] of zones.value.zones) {
    const onDisk = disk.value.get(id)
    if (serial !== undefined && onDisk?.kind === 'serial' && onDisk.serial === serial) proven.set(id, serial)
  }
  return proven
}
