import { compareSerials, type Serial } from '../../../core/base/index.ts'
import type { SeenZone } from '../../../core/snapshot/index.ts'

/** The newest serial of a zone that any of some servers has, and a server that has it. */
export type NewestSerial = { readonly serial: Serial; readonly server: string }

/** What some servers hold, by name and `zoneId`. */
export type HeldZones = ReadonlyMap<string, ReadonlyMap<string, SeenZone>>

/** Zone by zone the newest serial among servers. Of two without order the first stands: neither can be called newer. */
export function newestSerials(held: HeldZones): ReadonlyMap<string, NewestSerial> {
  const newest = new Map<string, NewestSerial>()
  for (const [server, zones] of held)
    for (const [id, { serial }] of zones) {
      if (serial === undefined) continue
      const known = newest.get(id)
      if (known === undefined || compareSerials(known.serial, serial) === 'before')
        newest.set(id, { serial, server })
    }
  return newest
}
