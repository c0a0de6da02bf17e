import { type Failure, fail, failure, ok, type Result, type Serial } from '../../core/base/index.ts'
import { type ForkRecord, type Manifest, parseForkRecord, parseManifest } from '../../core/rescue/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import { batonFolder, type FleetLinks, type ServerLink } from '../observe/index.ts'

/** What a deposed server held, as it lies in `baton/rescue/PLACE` on that server. */
export type SavedRescue = {
  readonly server: string
  /** The name of its folder, as `7`, `internal.7` or `7+2`. */
  readonly place: string
  /** Absolute, on the server. */
  readonly folder: string
  /** Why it cannot be understood, otherwise. */
  readonly manifest: Result<Manifest, Failure>
}

/** Every rescue on a server, those that cannot be understood among them, in the order of their names. */
export async function readRescues(link: ServerLink): Promise<Result<readonly SavedRescue[], Failure>> {
  const top = `${batonFolder(link.server)}/rescue`
  const places = await link.host.list(top)
  if (!places.ok) return places
  const rescues: SavedRescue[] = []
  // One that is being saved at this moment has a name that begins with a dot.
  for (const place of places.value.filter(name => !name.startsWith('.'))) {
    const folder = `${top}/${place}`
    const manifest = await readManifest(link, folder)
    rescues.push({ server: link.server.name, place, folder, manifest })
  }
  return ok(rescues)
}

async function readManifest(link: ServerLink, folder: string): Promise<Result<Manifest, Failure>> {
  const path = `${folder}/manifest`
  const read = await link.host.read(path)
  const parsed = read.ok ? parseManifest(read.value) : fail(read.error.because)
  return parsed.ok ? parsed : fail(manifestUnreadable(`${link.server.name}:${path}`, parsed.error))
}

/**
 * A manifest that was copied here from elsewhere tells of other zones of the same names. Where the state file could not be
 * read, the guard did not know whose it was.
 */
export function ownManifest(
  { fleet }: Pick<FleetLinks, 'fleet'>,
  { server, folder, manifest }: SavedRescue,
): Result<Manifest, Failure> {
  if (!manifest.ok) return manifest
  const says = manifest.value
  const subject = `${server}:${folder}/manifest`
  if (says.fleet !== '' && says.fleet !== fleet.name)
    return fail(manifestUnreadable(subject, `it is of the fleet ${says.fleet}`))
  return says.server === '' || says.server === server
    ? manifest
    : fail(manifestUnreadable(subject, `it is of the server ${says.server}`))
}

function manifestUnreadable(subject: string, because: string): Failure {
  return failure({
    code: 'rescue.manifest-unreadable',
    subject,
    because,
    remedy: 'The saved files are below `files/` beside it: see there with `named-journalprint`.',
  })
}

/** What failovers wrote down on all peers together, and what of it could not be read. */
export type ForkRecords = {
  readonly records: readonly ForkRecord[]
  /** Record → `zoneId` → the serial at which the zone was taken over. */
  readonly serials: ReadonlyMap<ForkRecord, ReadonlyMap<string, Serial>>
  readonly failures: readonly Failure[]
}

export async function readForkRecords(links: FleetLinks): Promise<ForkRecords> {
  const records = new Map<string, ForkRecord>()
  const failures: Failure[] = []
  for (const link of links.servers.filter(({ server }) => server.kind === 'peer')) {
    const folder = `${batonFolder(link.server)}/forks`
    const names = await link.host.list(folder)
    if (!names.ok) failures.push(names.error)
    for (const name of names.ok ? names.value : []) {
      if (records.has(name)) continue
      const path = `${folder}/${name}`
      const read = await link.host.read(path)
      const parsed = read.ok ? parseForkRecord(read.value) : fail(read.error.because)
      if (!parsed.ok) failures.push(recordUnreadable(`${link.server.name}:${path}`, parsed.error))
      else if (parsed.value.fleet === links.fleet.name) records.set(name, parsed.value)
    }
  }
  const serials = new Map(
    [...records.values()].map(record => [
      record,
      new Map(record.zones.map(({ name, view, serial }) => [zoneId(name, view), serial])),
    ]),
  )
  return { records: [...records.values()], serials, failures }
}

export function recordUnreadable(subject: string, because: string): Failure {
  return failure({
    code: 'rescue.record-unreadable',
    subject,
    because,
    remedy: 'Look at the file; it is taken as if it were not there.',
  })
}
