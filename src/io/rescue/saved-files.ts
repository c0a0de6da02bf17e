import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { SavedJournal, SavedZone } from '../../core/rescue/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import { type DiskSerial, readJournalChanges } from '../../core/zonefile/index.ts'
import { diskSerials, type Host } from '../hosts/index.ts'
import type { ServerLink } from '../observe/index.ts'
import type { SavedRescue } from './read-rescues.ts'

/** What was saved of a zone: its journal, and the serial of its file without it. */
export type SavedFiles = { readonly journal: SavedJournal; readonly file: DiskSerial }

/** Where files are looked for, and what the guard says that it saved. */
export type SavedPlace = {
  readonly link: ServerLink
  readonly rescue: SavedRescue
  /** Absolute, as they were on the server; nothing where the guard's list cannot be read. */
  readonly listed: ReadonlySet<string> | undefined
  readonly formatOf: (zone: SavedZone) => 'text' | 'raw'
}

/** Where the copy of a saved file is. */
export function savedPath({ folder }: SavedRescue, path: string): string {
  return `${folder}/files${path}`
}

/** A path at which nothing is. */
export const NO_JOURNAL = '/nonexistent'

/** The paths that the guard saved, from its `list`. */
export async function readListed(
  { host }: ServerLink,
  { folder }: SavedRescue,
): Promise<ReadonlySet<string> | undefined> {
  const read = await host.read(`${folder}/list`)
  if (!read.ok) return undefined
  const paths = new TextDecoder().decode(read.value).split('\n')
  return new Set(paths.filter(path => path !== '').map(path => `/${path}`))
}

/** What was saved of these zones. A file that was saved and is gone is never taken for one that never was. */
export async function readSavedFiles(
  place: SavedPlace,
  zones: readonly SavedZone[],
): Promise<Result<ReadonlyMap<SavedZone, SavedFiles>, Failure>> {
  const { link, rescue, listed } = place
  const journals = new Map<SavedZone, SavedJournal>()
  for (const zone of zones) {
    const journal = await readJournal(link.host, savedPath(rescue, zone.journal))
    const isGone = journal.kind === 'absent' && listed?.has(zone.journal) === true
    journals.set(zone, isGone ? { kind: 'unreadable', because: GONE } : journal)
  }
  const serials = await fileSerials(
    place,
    zones.filter(zone => !tellsAll(journals.get(zone))),
  )
  if (!serials.ok) return serials
  return ok(
    new Map(
      zones.map(zone => {
        const file = serials.value.get(zoneId(zone.name, zone.view)) ?? { kind: 'absent' }
        const isGone =
          file.kind === 'absent' && !tellsAll(journals.get(zone)) && listed?.has(zone.file) === true
        return [
          zone,
          {
            journal: journals.get(zone) ?? { kind: 'absent' },
            file: isGone ? { kind: 'unreadable', because: GONE } : file,
          },
        ]
      }),
    ),
  )
}

const GONE = 'it was saved, and is gone from the rescue'

/** A whole journal tells more than the file that it belongs to. */
function tellsAll(journal: SavedJournal | undefined): boolean {
  return journal?.kind === 'read' && journal.complete && journal.changes.length > 0
}

/** The journal at a path, as far as it can be read. */
export async function readJournal(host: Host, path: string): Promise<SavedJournal> {
  const read = await host.read(path)
  if (!read.ok)
    return read.error.code === 'hosts.missing'
      ? { kind: 'absent' }
      : { kind: 'unreadable', because: read.error.because }
  const journal = readJournalChanges(read.value)
  return journal.ok ? { kind: 'read', ...journal.value } : { kind: 'unreadable', because: journal.error }
}

function fileSerials(
  { link, rescue, formatOf }: SavedPlace,
  zones: readonly SavedZone[],
): Promise<Result<ReadonlyMap<string, DiskSerial>, Failure>> {
  return diskSerials(link.host, {
    folder: link.server.paths.directory,
    zones: zones.map(zone => ({
      id: zoneId(zone.name, zone.view),
      name: zone.name,
      file: savedPath(rescue, zone.file),
      journal: NO_JOURNAL,
      format: formatOf(zone),
    })),
  })
}
