import {
  type Failure,
  fail,
  listFew,
  ok,
  type Problem,
  parseDomainName,
  type Refusal,
  type Result,
  refuse,
  type Serial,
} from '../../../core/base/index.ts'
import type { Manifest, ReplayRecord } from '../../../core/rescue/index.ts'
import { linkOf } from '../../../io/observe/index.ts'
import {
  findOrphans,
  type JudgedZone,
  judgeZone,
  type RescuedZone,
  type RescueWorld,
  readReplayRecord,
  type SavedRescue,
} from '../../../io/rescue/index.ts'
import type { Session } from '../session/session.ts'
import { findRescue, openRescueWorld } from './rescue-world.ts'

/** Which rescue, and what of it. */
export type RescueOrder = {
  readonly server: string
  readonly place: string
  /** One zone alone, by `zoneId` or by name; nothing takes all. */
  readonly zone: string | undefined
}

/** A rescue whose orphans were held against the active. */
export type JudgedRescue = {
  readonly world: RescueWorld
  readonly rescue: SavedRescue
  readonly manifest: Manifest
  readonly record: ReplayRecord
  /** Zones in which something is to be told. */
  readonly found: readonly RescuedZone[]
  readonly zones: readonly JudgedZone[]
  /** `zoneId` → where it forked, of all zones of which the journals or a note tell; of those above their contents may tell otherwise. */
  readonly forks: ReadonlyMap<string, Serial>
  /** Of zones that could not be looked at. */
  readonly failures: readonly Failure[]
}

/** Holds every orphan of a rescue, or of one of its zones, against the active. Changes nothing. */
export async function judgeRescue(
  session: Session,
  order: RescueOrder,
): Promise<Result<JudgedRescue, readonly Problem[]>> {
  const found = await findRescue(session, order)
  if (!found.ok) return found
  const rescue = found.value
  if (!rescue.manifest.ok) return fail([rescue.manifest.error])
  const record = await readReplayRecord(linkOf(session.links, rescue.server), rescue)
  if (!record.ok) return fail([record.error])
  if (record.value.discarded !== undefined) return fail([discarded(rescue, record.value.discarded)])
  const world = await openRescueWorld(session)
  const orphans = await findOrphans(world, rescue, record.value)
  if (!orphans.ok) return fail([orphans.error])
  const chosen = chooseZones(rescue, orphans.value.zones, order.zone)
  if (!chosen.ok) return fail([chosen.error])
  const zones: JudgedZone[] = []
  const failures: Failure[] = []
  for (const rescued of chosen.value) {
    const judged = await judgeZone(world, { rescue, rescued, record: record.value })
    if (judged.ok) zones.push(judged.value)
    else failures.push(judged.error)
  }
  return ok({
    world,
    rescue,
    manifest: rescue.manifest.value,
    record: record.value,
    found: chosen.value,
    zones,
    forks: orphans.value.forks,
    failures,
  })
}

function chooseZones(
  rescue: SavedRescue,
  zones: readonly RescuedZone[],
  wanted: string | undefined,
): Result<readonly RescuedZone[], Refusal> {
  if (wanted === undefined) return ok(zones)
  const name = parseDomainName(wanted)
  const chosen = zones.filter(({ id, zone }) => id === wanted || (name.ok && zone.name === name.value))
  if (chosen.length > 0) return ok(chosen)
  const others = zones.map(({ id }) => id)
  return fail(
    refuse({
      code: 'rescue.zone-without-orphans',
      subject: wanted,
      because: `the rescue of ${rescue.server}, term ${rescue.place}, holds no orphan of it`,
      remedy: others.length === 0 ? 'It holds none at all.' : `It holds orphans of ${listFew(others)}.`,
    }),
  )
}

function discarded(rescue: SavedRescue, { at, by }: { readonly at: string; readonly by: string }): Refusal {
  return refuse({
    code: 'rescue.discarded',
    subject: `${rescue.server} ${rescue.place}`,
    because: `${by} discarded it at ${at}`,
    remedy: 'There is nothing left to show or to replay; `baton history` says more.',
  })
}
