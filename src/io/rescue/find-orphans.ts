import { type Failure, fail, type Result, type Serial } from '../../core/base/index.ts'
import type { RenderedServer, RenderedZone } from '../../core/render/index.ts'
import {
  chooseForkRecord,
  type Fork,
  findZoneOrphans,
  type Manifest,
  matchFork,
  type SavedJournal,
  type SavedZone,
  type ZoneOrphans,
} from '../../core/rescue/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import { type DiskSerial, type JournalChange, readJournalChanges } from '../../core/zonefile/index.ts'
import { diskSerials, type Host } from '../hosts/index.ts'
import { type FleetLinks, linkOf, type ServerLink, seeDisk } from '../observe/index.ts'
import type { ForkRecords, SavedRescue } from './read-rescues.ts'

/** In which fleet a rescue's orphans are looked for. */
export type RescueWorld = {
  readonly links: FleetLinks
  /** Server → `zoneId` → the zone as it is managed there. */
  readonly zones: ReadonlyMap<string, ReadonlyMap<string, RenderedZone>>
  readonly forks: ForkRecords
  /** Set → the server that is active in it now, where that is known. */
  readonly actives: ReadonlyMap<string, string>
}

/** A zone of a rescue, with the orphans that were found in it. */
export type RescuedZone = ZoneOrphans & {
  readonly zone: SavedZone
  /** By `zoneId`. */
  readonly id: string
  readonly set: string
  readonly fork: Fork
  /** How it is managed now; nothing where it is managed no more. */
  readonly rendered: RenderedZone | undefined
}

/** The zones of a rescue in which something is to be told: orphans, or that they cannot all be known. */
export async function findOrphans(
  world: RescueWorld,
  rescue: SavedRescue,
): Promise<Result<readonly RescuedZone[], Failure>> {
  if (!rescue.manifest.ok) return rescue.manifest
  const manifest = rescue.manifest.value
  const { host } = linkOf(world.links, rescue.server)
  const journals = new Map<SavedZone, SavedJournal>()
  for (const zone of manifest.zones)
    journals.set(zone, await readSavedJournal(host, savedPath(rescue, zone.journal)))
  const files = await savedSerials(world, rescue, { manifest, journals })
  if (!files.ok) return files
  const found: RescuedZone[] = []
  for (const zone of manifest.zones) {
    const id = zoneId(zone.name, zone.view)
    const rendered = world.zones.get(rescue.server)?.get(id)
    const set = rendered?.set ?? manifest.set
    const journal = journals.get(zone) ?? { kind: 'absent' }
    const file = files.value.get(id) ?? { kind: 'absent' }
    if (journal.kind === 'absent' && file.kind === 'absent') continue
    const fork = await findFork(world, { rescue, manifest, set, journal, file, rendered, id })
    const signing = rendered?.signing === true
    const orphans = findZoneOrphans({ zone: zone.name, id, fork, journal, file, signing })
    const isQuiet =
      orphans.orphans.length === 0 && orphans.beyond === undefined && orphans.troubles.length === 0
    if (!isQuiet) found.push({ zone, id, set, fork, rendered, ...orphans })
  }
  return { ok: true, value: found }
}

/** Where the copy of a saved file is. */
export function savedPath({ folder }: SavedRescue, path: string): string {
  return `${folder}/files${path}`
}

/** The zones of all servers, to be found by name. */
export function indexZones(
  rendered: ReadonlyMap<string, RenderedServer>,
): ReadonlyMap<string, ReadonlyMap<string, RenderedZone>> {
  return new Map(
    [...rendered].map(([server, { zones }]) => [
      server,
      new Map(zones.map(zone => [zoneId(zone.name, zone.view), zone])),
    ]),
  )
}

async function readSavedJournal(host: Host, path: string): Promise<SavedJournal> {
  const read = await host.read(path)
  if (!read.ok)
    return read.error.code === 'hosts.missing'
      ? { kind: 'absent' }
      : { kind: 'unreadable', because: read.error.because }
  const journal = readJournalChanges(read.value)
  return journal.ok ? { kind: 'read', ...journal.value } : { kind: 'unreadable', because: journal.error }
}

type Saved = { readonly manifest: Manifest; readonly journals: ReadonlyMap<SavedZone, SavedJournal> }

/** The serials of saved files by themselves; a whole journal tells more than the file it belongs to. */
async function savedSerials(
  { links, zones: managed }: RescueWorld,
  rescue: SavedRescue,
  { manifest, journals }: Saved,
): Promise<Result<ReadonlyMap<string, DiskSerial>, Failure>> {
  const { host, server } = linkOf(links, rescue.server)
  const zones = manifest.zones.filter(zone => {
    const journal = journals.get(zone)
    return !(journal?.kind === 'read' && journal.complete && journal.changes.length > 0)
  })
  return diskSerials(host, {
    folder: server.paths.directory,
    zones: zones.map(({ name, view, file }) => ({
      id: zoneId(name, view),
      name,
      file: savedPath(rescue, file),
      journal: NO_JOURNAL,
      format:
        managed.get(rescue.server)?.get(zoneId(name, view))?.format ?? links.fleet.policy.masterfileFormat,
    })),
  })
}

/** A path at which nothing is. */
export const NO_JOURNAL = '/nonexistent'

type ForkQuestion = {
  readonly rescue: SavedRescue
  readonly manifest: Manifest
  readonly set: string
  readonly journal: SavedJournal
  readonly file: DiskSerial
  readonly rendered: RenderedZone | undefined
  readonly id: string
}

async function findFork(world: RescueWorld, question: ForkQuestion): Promise<Fork> {
  const { rescue, manifest, set, journal, file, rendered, id } = question
  if (rendered?.inlineSigning === true)
    return {
      kind: 'unknown',
      because: 'it is signed beside its file, whose serials are others than those served',
    }
  const record = chooseForkRecord(world.forks.records, { server: rescue.server, set, term: manifest.term })
  const serial = record === undefined ? undefined : world.forks.serials.get(record)?.get(id)
  if (record !== undefined && serial !== undefined) return { kind: 'recorded', serial, term: record.term }
  const active = world.actives.get(set)
  if (active === undefined) return { kind: 'unknown', because: 'it is not known who is active' }
  const theirs = await readActiveJournal(world, active, id)
  return matchFork({
    saved: journal.kind === 'read' ? journal.changes : [],
    savedSerial: file.kind === 'serial' ? file.serial : undefined,
    active: theirs.ok ? theirs.value : [],
    activeSerial: await activeDiskSerial(world, active, id),
  })
}

/** What the active's own journal of a zone says, as it stands on its disk; why not, otherwise. */
export async function readActiveJournal(
  world: RescueWorld,
  active: string,
  id: string,
): Promise<Result<readonly JournalChange[], string>> {
  const link = linkOf(world.links, active)
  const rendered = world.zones.get(active)?.get(id)
  if (rendered === undefined) return fail('the zone is not managed there')
  const journal = await readSavedJournal(link.host, absolute(link, rendered.journal))
  if (journal.kind === 'absent') return fail('there is none')
  if (journal.kind === 'unreadable') return fail(journal.because)
  return { ok: true, value: journal.changes }
}

async function activeDiskSerial(world: RescueWorld, active: string, id: string): Promise<Serial | undefined> {
  const rendered = world.zones.get(active)?.get(id)
  if (rendered === undefined) return undefined
  const serials = await seeDisk(linkOf(world.links, active), [rendered])
  const serial = serials.ok ? serials.value.get(id) : undefined
  return serial?.kind === 'serial' ? serial.serial : undefined
}

function absolute({ server }: ServerLink, path: string): string {
  return path.startsWith('/') ? path : `${server.paths.directory}/${path}`
}
