import { absolutePath, type Failure, fail, ok, type Result, type Serial } from '../../core/base/index.ts'
import type { RenderedServer, RenderedZone } from '../../core/render/index.ts'
import {
  chooseForkNote,
  type Fork,
  findZoneOrphans,
  hasSavedAfter,
  isForkNoteBelievable,
  type Manifest,
  matchFork,
  mayFollow,
  type ReplayRecord,
  type SavedJournal,
  type SavedZone,
  type ZoneOrphans,
} from '../../core/rescue/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import type { DiskSerial, JournalChange } from '../../core/zonefile/index.ts'
import { type FleetLinks, linkOf, seeDisk } from '../observe/index.ts'
import { type ForkRecords, ownManifest, type SavedRescue } from './read-rescues.ts'
import { readJournal, readListed, readSavedFiles, type SavedFiles, type SavedPlace } from './saved-files.ts'

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
  /** All that the saved journal tells from after the fork, what the active has as well included. */
  readonly path: readonly JournalChange[]
  /**
   * The same by the note of the failover that deposed the server, where the journals speak against that note: one update
   * that was sent to both servers may stand at the same serial in both, and then only their contents tell.
   */
  readonly byNote: ByNote | undefined
  /**
   * Whether nothing but a serial speaks for the fork, and what was saved from before it may be orphans as well: the active's
   * journal does not reach back so far. The contents tell, which are not looked at here.
   */
  readonly isDoubtful: boolean
  /** How it is managed now; nothing where it is managed no more. */
  readonly rendered: RenderedZone | undefined
}

type ByNote = ZoneOrphans & Pick<RescuedZone, 'fork' | 'path'>

/** Journals of so many zones are in memory at once. */
const ZONES_AT_ONCE = 256

/** What was found of a rescue. */
export type FoundOrphans = {
  /** The zones in which something is to be told: orphans, or that they cannot all be known. */
  readonly zones: readonly RescuedZone[]
  /** `zoneId` → the last serial in common, of every zone of which it is known. */
  readonly forks: ReadonlyMap<string, Serial>
}

export async function findOrphans(
  world: RescueWorld,
  rescue: SavedRescue,
  record: ReplayRecord,
): Promise<Result<FoundOrphans, Failure>> {
  const manifest = ownManifest(world.links, rescue)
  if (!manifest.ok) return manifest
  const { zones } = manifest.value
  const link = linkOf(world.links, rescue.server)
  const managed = world.zones.get(rescue.server)
  const place: SavedPlace = {
    link,
    rescue,
    listed: await readListed(link, rescue),
    formatOf: ({ name, view }) =>
      managed?.get(zoneId(name, view))?.format ?? world.links.fleet.policy.masterfileFormat,
  }
  const found: RescuedZone[] = []
  const forks = new Map<string, Serial>()
  for (let at = 0; at < zones.length; at += ZONES_AT_ONCE) {
    const saved = await readSavedFiles(place, zones.slice(at, at + ZONES_AT_ONCE))
    if (!saved.ok) return saved
    for (const [zone, files] of saved.value) {
      if (files.journal.kind === 'absent' && files.file.kind === 'absent') continue
      const rescued = await findIn(world, { rescue, record, manifest: manifest.value, zone, files })
      if (rescued.fork.kind !== 'unknown') forks.set(rescued.id, rescued.fork.serial)
      if (!isQuiet(rescued)) found.push(rescued)
    }
  }
  return ok({ zones: found, forks })
}

type ZoneInRescue = {
  readonly rescue: SavedRescue
  readonly record: ReplayRecord
  readonly manifest: Manifest
  readonly zone: SavedZone
  readonly files: SavedFiles
}

async function findIn(world: RescueWorld, question: ZoneInRescue): Promise<RescuedZone> {
  const { rescue, record, manifest, zone, files } = question
  const { journal, file } = files
  const id = zoneId(zone.name, zone.view)
  const rendered = world.zones.get(rescue.server)?.get(id)
  const set = rendered?.set ?? manifest.set
  const known = record.forks.get(id)
  const found = await findFork(world, { rescue, manifest, set, journal, file, rendered, id, known })
  const signing = rendered?.signing === true
  const after = (fork: Fork) => ({
    fork,
    path: pathAfter(fork, journal),
    ...findZoneOrphans({ zone: zone.name, id, fork, journal, file, active: found.active, signing }),
  })
  const matched = after(found.fork)
  const byNote = found.noted === undefined ? undefined : after(found.noted)
  return { zone, id, set, rendered, byNote, isDoubtful: isDoubtful(found.fork, journal), ...matched }
}

/** Whether there is nothing to tell of a zone. */
function isQuiet({ byNote, orphans, beyond, troubles, isDoubtful }: RescuedZone): boolean {
  return (
    byNote === undefined &&
    orphans.length === 0 &&
    beyond === undefined &&
    troubles.length === 0 &&
    !isDoubtful
  )
}

function isDoubtful(fork: Fork, journal: SavedJournal): boolean {
  if (fork.kind !== 'matched' || fork.by !== 'serial' || journal.kind !== 'read') return false
  const [first] = journal.changes
  return first !== undefined && first.from !== fork.serial
}

function pathAfter(fork: Fork, journal: SavedJournal): readonly JournalChange[] {
  if (fork.kind === 'unknown' || journal.kind !== 'read') return []
  return journal.changes.filter(({ to }) => mayFollow(fork.serial, to))
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

type ForkQuestion = {
  readonly rescue: SavedRescue
  readonly manifest: Manifest
  readonly set: string
  readonly journal: SavedJournal
  readonly file: DiskSerial
  readonly rendered: RenderedZone | undefined
  readonly id: string
  /** As it was written down before. */
  readonly known: Serial | undefined
}

/** A fork, and the active's own journal as far as it was needed to find it. */
type FoundFork = {
  readonly fork: Fork
  readonly active: readonly JournalChange[]
  /** What a note says, where the journals speak against it. */
  readonly noted: Fork | undefined
}

async function findFork(world: RescueWorld, question: ForkQuestion): Promise<FoundFork> {
  const { rescue, manifest, set, journal, file, rendered, id, known } = question
  if (rendered?.inlineSigning === true) return unknownFork(SIGNED_BESIDE)
  const saved = journal.kind === 'read' ? journal.changes : []
  const savedSerial = file.kind === 'serial' ? file.serial : undefined
  const active = world.actives.get(set)
  if (known !== undefined) {
    const after = hasSavedAfter({ serial: known, saved, savedSerial })
    const theirs = active !== undefined && after ? await readActiveJournal(world, active, id) : undefined
    return {
      fork: { kind: 'recorded', serial: known },
      active: theirs?.ok ? theirs.value : [],
      noted: undefined,
    }
  }
  const deposition = { server: rescue.server, set, term: manifest.term }
  const note = chooseForkNote(world.forks.records, deposition)
  const serial = note === undefined ? undefined : world.forks.serials.get(note.record)?.get(id)
  const isAsked = serial === undefined || hasSavedAfter({ serial, saved, savedSerial })
  const read = active !== undefined && isAsked ? await readActiveJournal(world, active, id) : undefined
  const theirs = read?.ok ? read.value : []
  let noted: Fork | undefined
  if (note !== undefined && serial !== undefined) {
    const fork = { kind: 'recorded', serial } as const
    const after = { serial, saved, savedSerial, active: theirs }
    if (isForkNoteBelievable(note.term, after)) return { fork, active: theirs, noted }
    if (note.term === 'later') noted = fork
  }
  if (active === undefined) return unknownFork('it is not known who is active')
  const activeSerial = await activeDiskSerial(world, active, id)
  return { fork: matchFork({ saved, savedSerial, active: theirs, activeSerial }), active: theirs, noted }
}

const SIGNED_BESIDE = 'it is signed beside its file, whose serials are others than those served'

function unknownFork(because: string): FoundFork {
  return { fork: { kind: 'unknown', because }, active: [], noted: undefined }
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
  const journal = await readJournal(link.host, absolutePath(link.server.paths.directory, rendered.journal))
  if (journal.kind === 'absent') return fail('there is none')
  if (journal.kind === 'unreadable') return fail(journal.because)
  return ok(journal.changes)
}

async function activeDiskSerial(world: RescueWorld, active: string, id: string): Promise<Serial | undefined> {
  const rendered = world.zones.get(active)?.get(id)
  if (rendered === undefined) return undefined
  const serials = await seeDisk(linkOf(world.links, active), [rendered])
  const serial = serials.ok ? serials.value.get(id) : undefined
  return serial?.kind === 'serial' ? serial.serial : undefined
}
