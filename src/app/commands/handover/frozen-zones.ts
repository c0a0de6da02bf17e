import type { Instant } from '../../../core/base/index.ts'
import { parseJson } from '../../../core/base/index.ts'
import { type Snapshot, standingOf, zoneId } from '../../../core/snapshot/index.ts'
import { linkOf, seeFrozenBriefly } from '../../../io/observe/index.ts'
import { keepMemory, readMemory } from '../session/memory.ts'
import type { Session } from '../session/session.ts'

/** So much of a look may go to the question which zones of an active are frozen, in milliseconds. */
const BUDGET_MS = 200
/** named remembers every command for a quarter of an hour, so a look that is repeated every few seconds asks no more than this. */
const ZONES_MAX = 1_000
/** Zones that were frozen at the last look are asked first, so that they don't come and go. */
const FROZEN_FIRST_MAX = 200

/** Server name → `zoneId` → when it was last asked whether it is frozen, and whether it was. */
type Asked = ReadonlyMap<string, ReadonlyMap<string, readonly [at: Instant, frozen: boolean]>>

/**
 * The snapshot with the frozen zones of every active. Asking about all of 20,000 zones takes seconds, so a look asks about some: about
 * those that were frozen last, then about those that were not asked for longest, which `.baton/frozen.json` remembers.
 */
export async function withFrozenZones(session: Session, snapshot: Snapshot): Promise<Snapshot> {
  const { fleet, links, rendered } = session
  const place = { folder: fleet.folder, name: 'frozen' } as const
  const before = parseAsked((await readMemory(place)) ?? '')
  const servers = new Map(snapshot.servers)
  const after = new Map<string, ReadonlyMap<string, readonly [Instant, boolean]>>(before)
  await Promise.all(
    [...activesOf(session, snapshot)].map(async ([name, sets]) => {
      const seen = servers.get(name)
      if (seen === undefined) return
      const known = before.get(name) ?? new Map<string, readonly [Instant, boolean]>()
      const dynamic = (rendered.get(name)?.zones ?? []).filter(zone => zone.dynamic && sets.has(zone.set))
      const answer = await seeFrozenBriefly(linkOf(links, name), inTurn(dynamic, known).slice(0, ZONES_MAX), {
        clock: links.clock,
        budgetMs: BUDGET_MS,
      })
      if (!answer.ok) {
        servers.set(name, { ...seen, frozen: { zones: [], unasked: dynamic.length } })
        return
      }
      const { asked, frozen } = answer.value
      const isFrozen = new Set(frozen)
      const fresh = asked.map(id => [id, [snapshot.taken, isFrozen.has(id)] as const] as const)
      const ids = new Set(dynamic.map(({ name: zone, view }) => zoneId(zone, view)))
      after.set(name, new Map([...[...known].filter(([id]) => ids.has(id)), ...fresh]))
      servers.set(name, { ...seen, frozen: { zones: frozen, unasked: dynamic.length - asked.length } })
    }),
  )
  await keepMemory(place, `${JSON.stringify([...after].map(([name, zones]) => [name, [...zones]]))}\n`)
  return { ...snapshot, servers }
}

/** Server → the sets for which it says that it is active. */
function activesOf({ fleet }: Session, snapshot: Snapshot): ReadonlyMap<string, ReadonlySet<string>> {
  const actives = new Map<string, Set<string>>()
  for (const { name } of fleet.zoneSets)
    for (const { server } of standingOf(fleet, snapshot, name).actives)
      actives.set(server, (actives.get(server) ?? new Set()).add(name))
  return actives
}

function inTurn<Zone extends Parameters<typeof seeFrozenBriefly>[1][number]>(
  zones: readonly Zone[],
  known: ReadonlyMap<string, readonly [Instant, boolean]>,
): readonly Zone[] {
  const dated = zones.map(zone => {
    const [at, frozen] = known.get(zoneId(zone.name, zone.view)) ?? [0, false]
    return { zone, at, frozen }
  })
  const first = dated.filter(({ frozen }) => frozen).slice(0, FROZEN_FIRST_MAX)
  const ahead = new Set(first)
  const others = dated.filter(one => !ahead.has(one)).sort((left, right) => left.at - right.at)
  return [...first, ...others].map(({ zone }) => zone)
}

/** Whatever is not as it was written is as good as nothing: then every zone is asked as if for the first time. */
function parseAsked(text: string): Asked {
  const parsed = parseJson(text)
  const servers = new Map<string, ReadonlyMap<string, readonly [Instant, boolean]>>()
  if (!Array.isArray(parsed)) return servers
  for (const entry of parsed as readonly unknown[]) {
    if (!isPair(entry) || typeof entry[0] !== 'string' || !Array.isArray(entry[1])) continue
    const zones = new Map<string, readonly [Instant, boolean]>()
    for (const zone of entry[1] as readonly unknown[]) {
      if (!isPair(zone) || typeof zone[0] !== 'string' || !isPair(zone[1])) continue
      const [at, frozen] = zone[1]
      if (typeof at === 'number' && typeof frozen === 'boolean') zones.set(zone[0], [at, frozen])
    }
    servers.set(entry[0], zones)
  }
  return servers
}

function isPair(value: unknown): value is readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2
}
