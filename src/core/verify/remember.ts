import type { Instant } from '../base/index.ts'
import type { Snapshot } from '../snapshot/index.ts'
import type { BelievedContent, Measure } from './believe.ts'
import type { VerifiedSet, VerifiedZone } from './memory.ts'

/** A zone on a server whose content is that of the active. */
export type EqualCopy = BelievedContent & { readonly server: string; readonly zone: string }

/**
 * Load times are told to the second. One that is younger than this when it is seen could stand for a second load within the
 * same second, so the copy is left to the next verification. By the server's own clock, in milliseconds.
 */
const LOAD_SETTLED_MS = 2_000

/**
 * What to remember of a zone set. The snapshot was taken before the contents were: a copy is kept only if it had then the
 * serial of the content, so that the load time belongs to that content or to an older one, and never to a newer.
 */
export function remember(measure: Measure, equal: readonly EqualCopy[], snapshot: Snapshot): VerifiedSet {
  const zones = new Map<string, VerifiedZone & { copies: Map<string, Instant> }>()
  for (const { zone, server, serial, digest } of equal) {
    const loadTimeActive = settledLoadTime(snapshot, measure.active, { zone, serial })
    const loadTime = settledLoadTime(snapshot, server, { zone, serial })
    if (loadTimeActive === undefined || loadTime === undefined) continue
    const entry = zones.get(zone) ?? { serial, digest, copies: new Map([[measure.active, loadTimeActive]]) }
    // All are at the serial that the active had in the snapshot; only one that was loaded anew since can have two contents.
    if (entry.digest === digest) entry.copies.set(server, loadTime)
    zones.set(zone, entry)
  }
  return { ...measure, zones }
}

type ZoneAtSerial = Pick<EqualCopy, 'zone' | 'serial'>

function settledLoadTime(
  snapshot: Snapshot,
  server: string,
  { zone, serial }: ZoneAtSerial,
): Instant | undefined {
  const seen = snapshot.servers.get(server)?.zones
  if (seen?.ok !== true || seen.value.time === undefined) return undefined
  const copy = seen.value.zones.get(zone)
  if (copy?.serial !== serial || copy.loadTime === undefined) return undefined
  return seen.value.time - copy.loadTime >= LOAD_SETTLED_MS ? copy.loadTime : undefined
}
