import { compareSerials, type Serial, type SerialOrder } from '../base/index.ts'
import type { Fleet, Server } from '../fleet/index.ts'
import type { Expected, ExpectedZone } from './expected.ts'
import { type SeenZone, type Snapshot, zoneId } from './snapshot.ts'
import { standingOf } from './standing.ts'
import type { ZoneVerdict, ZoneVerdictKind } from './verdict.ts'

type ZonesCase = {
  readonly fleet: Fleet
  readonly expected: Expected
  readonly snapshot: Snapshot
  readonly server: Server
  /** Where the active itself is behind, which is not to be said of every other server as well. */
  readonly wentBack: readonly ZoneVerdict[]
}

/** What is wrong with the zones of one server, gathered by kind. A server that was not seen gets no verdict here. */
export function judgeZones(zonesCase: ZonesCase): readonly ZoneVerdict[] {
  const { fleet, expected, snapshot, server } = zonesCase
  const seen = snapshot.servers.get(server.name)
  if (seen?.zones.ok !== true) return []
  const { zones } = seen.zones.value
  const actives = new Map(
    fleet.zoneSets.map(set => [set.name, activeZones(fleet, snapshot, set.name)] as const),
  )
  const wentBack = new Set(zonesCase.wentBack.flatMap(({ zones: ids }) => ids))
  const found = new Map<ZoneVerdictKind, string[]>()
  for (const zone of expected.get(server.name)?.zones ?? []) {
    const id = zoneId(zone.name, zone.view)
    const active = actives.get(zone.set)
    const kind = judgeZone({
      zone: zones.get(id),
      expected: zone,
      server,
      now: snapshot.taken,
      serialActive: active?.server === server.name ? undefined : active?.zones?.get(id)?.serial,
    })
    if (kind === undefined || (kind === 'serials-ahead' && wentBack.has(id))) continue
    const ids = found.get(kind)
    if (ids === undefined) found.set(kind, [id])
    else ids.push(id)
  }
  return ORDER.flatMap(kind => {
    const ids = found.get(kind)
    return ids === undefined ? [] : [{ kind, server: server.name, zones: ids }]
  })
}

/** Worst first. */
const ORDER: readonly ZoneVerdictKind[] = [
  'zones-missing',
  'zones-unloaded',
  'zones-expired',
  'zones-mistyped',
  'serials-ahead',
  'serials-incomparable',
  'serials-behind',
]

type ZoneCase = {
  readonly zone: SeenZone | undefined
  readonly expected: ExpectedZone
  readonly server: Server
  readonly now: number
  readonly serialActive: Serial | undefined
}

function judgeZone({ zone, server, now, serialActive }: ZoneCase): ZoneVerdictKind | undefined {
  if (zone === undefined) return 'zones-missing'
  if (zone.serial === undefined)
    return zone.expires !== undefined && zone.expires <= now ? 'zones-expired' : 'zones-unloaded'
  if (server.kind === 'secondary' && zone.type !== 'secondary' && zone.type !== 'unknown')
    return 'zones-mistyped'
  if (serialActive === undefined) return undefined
  return VERDICT_OF_ORDER[compareSerials(zone.serial, serialActive)]
}

const VERDICT_OF_ORDER: Readonly<Record<SerialOrder, ZoneVerdictKind | undefined>> = {
  before: 'serials-behind',
  same: undefined,
  after: 'serials-ahead',
  incomparable: 'serials-incomparable',
}

function activeZones(fleet: Fleet, snapshot: Snapshot, set: string) {
  const { active } = standingOf(fleet, snapshot, set)
  if (active === undefined) return undefined
  const zones = snapshot.servers.get(active)?.zones
  return { server: active, zones: zones?.ok ? zones.value.zones : undefined }
}
