import type { Serial } from '../base/index.ts'
import type { SeenZone, Snapshot } from '../snapshot/index.ts'
import type { VerifiedSet } from './memory.ts'

/** Server → `zoneId` → content that is known without a transfer. */
export type BelievedContents = ReadonlyMap<string, ReadonlyMap<string, BelievedContent>>

export type BelievedContent = { readonly serial: Serial; readonly digest: string }

/** Who is the measure now. */
export type Measure = { readonly active: string; readonly term: number }

/**
 * What was remembered of a zone set, as far as it still holds. Equal serials alone prove nothing, so a copy is believed only
 * while two things are as they were: its serial, which every update changes, and its load time, which changes with
 * everything else that can change a zone (a restart, another type, a reload or thaw of an edited file, a transfer).
 * After a change of role nothing is believed of the set: another active, or the same in a later term, is another measure.
 * Where no load time is to be seen, as on a server without a statistics channel, nothing is believed either.
 */
export function believe(
  remembered: VerifiedSet | undefined,
  measure: Measure,
  snapshot: Snapshot,
): BelievedContents {
  const believed = new Map<string, Map<string, BelievedContent>>()
  if (remembered?.active !== measure.active || remembered.term !== measure.term) return believed
  for (const { server, zones: seen } of snapshot.servers.values()) {
    if (!seen.ok) continue
    const contents = new Map<string, BelievedContent>()
    for (const [id, { serial, digest, copies }] of remembered.zones) {
      if (isSameCopy(seen.value.zones.get(id), serial, copies.get(server)))
        contents.set(id, { serial, digest })
    }
    believed.set(server, contents)
  }
  return believed
}

function isSameCopy(zone: SeenZone | undefined, serial: Serial, loadTime: number | undefined): boolean {
  return zone?.loadTime !== undefined && zone.loadTime === loadTime && zone.serial === serial
}
