import { type Failure, fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { isContentId, orphanId, type ReplayRecord } from '../../../core/rescue/index.ts'
import { linkOf } from '../../../io/observe/index.ts'
import {
  findOrphans,
  type RescuedZone,
  type RescueWorld,
  readReplayRecord,
  readRescues,
  type SavedRescue,
} from '../../../io/rescue/index.ts'
import type { RescueState, RescueStatus, RescuesDocument } from '../../contract/index.ts'
import { amongOurs } from '../session/among-ours.ts'
import type { SessionOptions } from '../session/session.ts'
import { withSession } from '../session/with-session.ts'
import { openRescueWorld } from './rescue-world.ts'

/** Every rescue on every peer, and how many orphans each holds. Changes nothing. */
export function rescueList(options: SessionOptions): Promise<Result<RescuesDocument, readonly Problem[]>> {
  const ask = amongOurs<RescuesDocument>(async session => {
    const { fleet, links } = session
    const world = await openRescueWorld(session)
    const problems: Problem[] = [...world.forks.failures]
    const rescues: RescueStatus[] = []
    for (const link of links.servers.filter(({ server }) => server.kind === 'peer')) {
      const read = await readRescues(link)
      if (!read.ok) problems.push(read.error)
      for (const rescue of read.ok ? read.value : []) rescues.push(await rescueStatus(world, rescue))
    }
    return ok({ version: 1, document: 'rescues', fleet: fleet.name, rescues, problems })
  })
  return withSession(options, ask)
}

/** How a rescue stands, from what was saved and what was written down; the active's content is not looked at. */
export async function rescueStatus(world: RescueWorld, rescue: SavedRescue): Promise<RescueStatus> {
  const { server, place, manifest } = rescue
  const known = manifest.ok ? manifest.value : undefined
  const head = {
    server,
    place,
    set: known?.set ?? null,
    term: known?.term ?? null,
    saved: known?.saved ?? null,
    code: known?.code ?? null,
    zones: known?.zones.length ?? 0,
  }
  const counted = await countIn(world, rescue)
  if (counted.ok) return { ...head, ...counted.value }
  const uncounted = { orphans: 0, replayed: 0, zonesUnclear: 0, state: 'unreadable' } as const
  return { ...head, ...uncounted, problems: [counted.error] }
}

type Counts = Pick<RescueStatus, 'orphans' | 'replayed' | 'zonesUnclear' | 'state' | 'problems'>

async function countIn(world: RescueWorld, rescue: SavedRescue): Promise<Result<Counts, Failure>> {
  const record = await readReplayRecord(linkOf(world.links, rescue.server), rescue)
  if (!record.ok) return record
  if (record.value.discarded !== undefined)
    return ok({ orphans: 0, replayed: 0, zonesUnclear: 0, state: 'discarded', problems: [] })
  const found = await findOrphans(world, rescue, record.value)
  if (!found.ok) return fail(found.error)
  return ok(countsOf(found.value.zones, record.value))
}

function countsOf(zones: readonly RescuedZone[], record: ReplayRecord): Counts {
  const byContent = zones.reduce((sum, { id }) => sum + contentReplayed(record.replayed.get(id)), 0)
  const orphans = zones.reduce((sum, zone) => sum + zone.orphans.length, byContent)
  const replayed = zones.reduce((sum, zone) => sum + countReplayed(zone, record), byContent)
  const zonesUnclear = zones.filter(
    ({ beyond, troubles, byNote, isDoubtful }) =>
      beyond !== undefined || troubles.length > 0 || byNote !== undefined || isDoubtful,
  ).length
  const problems = zones.flatMap(({ troubles }) => troubles)
  return { orphans, replayed, zonesUnclear, state: stateOf({ orphans, replayed, zonesUnclear }), problems }
}

function countReplayed({ id, orphans }: RescuedZone, { replayed }: ReplayRecord): number {
  const known = replayed.get(id)
  return known === undefined ? 0 : orphans.filter(orphan => known.has(orphanId(orphan))).length
}

/** What only content tells is not looked for in a list; what was replayed of it is known all the same. */
function contentReplayed(known: ReadonlySet<string> = new Set()): number {
  return [...known].filter(isContentId).length
}

function stateOf({
  orphans,
  replayed,
  zonesUnclear,
}: Pick<Counts, 'orphans' | 'replayed' | 'zonesUnclear'>): RescueState {
  if (orphans > replayed) return replayed === 0 ? 'new' : 'partly-replayed'
  if (zonesUnclear > 0) return 'unclear'
  return orphans === 0 ? 'nothing-lost' : 'replayed'
}
