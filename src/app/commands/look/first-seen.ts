import type { Instant } from '../../../core/base/index.ts'
import { parseJson } from '../../../core/base/index.ts'
import type { Fleet } from '../../../core/fleet/index.ts'
import {
  LAG_MAX_MS,
  type Snapshot,
  subjectOf,
  type Verdict,
  type ZoneVerdict,
} from '../../../core/snapshot/index.ts'
import { keepMemory, readMemory } from '../session/memory.ts'

/** A verdict with the time at which Baton first saw it from this machine. */
export type DatedVerdict = { readonly verdict: Verdict; readonly since: Instant }

/** Beyond so many zones of one verdict, those that come later are taken as new at every look. */
const ZONES_REMEMBERED_MAX = 5000

/**
 * Servers do not say since when they are wrong, so Baton remembers what it saw: `.baton/seen.json` beside the fleet
 * file. What is gone is forgotten. A zone is remembered with its serial: one that moves on is late anew, not still.
 * A memory that cannot be kept changes nothing but "since". Zones with other times come as verdicts of their own.
 */
export async function dateVerdicts(
  fleet: Fleet,
  verdicts: readonly Verdict[],
  snapshot: Snapshot,
): Promise<readonly DatedVerdict[]> {
  const place = { folder: fleet.folder, name: 'seen' } as const
  const before = parseSeen((await readMemory(place)) ?? '')
  const after = new Map<string, Instant>()
  const since = (key: string): Instant => {
    const first = before.get(key) ?? snapshot.taken
    after.set(key, first)
    return first
  }
  const dated = verdicts.flatMap(verdict =>
    verdict.kind === 'serials-behind'
      ? dateZones(verdict, snapshot, since)
      : [{ verdict, since: since(keyOf(verdict)) }],
  )
  if (!sameKeys(before, after)) await keepMemory(place, `${JSON.stringify(Object.fromEntries(after))}\n`)
  return dated
}

/** Zones that were late a minute ago, at the same serial, apart from those that are only catching up. */
function dateZones(
  verdict: ZoneVerdict,
  snapshot: Snapshot,
  since: (key: string) => Instant,
): readonly DatedVerdict[] {
  const seen = snapshot.servers.get(verdict.server)?.zones
  const dated = verdict.zones.map((zone, index) => {
    const serial = seen?.ok ? seen.value.zones.get(zone)?.serial : undefined
    const remembered = index < ZONES_REMEMBERED_MAX
    return { zone, since: remembered ? since(`${keyOf(verdict)} ${zone} ${serial}`) : snapshot.taken }
  })
  const groups = [
    dated.filter(late => snapshot.taken - late.since > LAG_MAX_MS),
    dated.filter(late => snapshot.taken - late.since <= LAG_MAX_MS),
  ]
  return groups
    .filter(group => group.length > 0)
    .map(group => ({
      verdict: { ...verdict, zones: group.map(({ zone }) => zone) },
      since: Math.min(...group.map(late => late.since)),
    }))
}

function keyOf(verdict: Verdict): string {
  return `snapshot.${verdict.kind} ${subjectOf(verdict)}`
}

function sameKeys(left: ReadonlyMap<string, Instant>, right: ReadonlyMap<string, Instant>): boolean {
  return left.size === right.size && [...left.keys()].every(key => right.has(key))
}

function parseSeen(text: string): ReadonlyMap<string, Instant> {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) return new Map()
  return new Map(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
}
