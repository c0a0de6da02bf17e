import { type DomainName, fail, ok, parseDomainName, type Result } from '../base/index.ts'
import { KeyLines, readCount } from './key-lines.ts'

/** What the guard wrote beside the files that it saved: whose they are, when and why (`baton/rescue/PLACE/manifest`). */
export type Manifest = {
  readonly fleet: string
  readonly server: string
  /** `*` where the state file could not be read, and the files of every set were saved. */
  readonly set: string
  /** The term in which the server was; nothing where the state file could not be read. */
  readonly term: number | undefined
  /** RFC 3339, UTC. */
  readonly saved: string
  /** The guard's code, as `guard.higher-term`. */
  readonly code: string
  /** Every zone of the set, those without files among them. */
  readonly zones: readonly SavedZone[]
}

export type SavedZone = {
  readonly name: DomainName
  readonly view: string
  /** Absolute, where they were on the server; below `files/` the same path leads to the copy. */
  readonly file: string
  readonly journal: string
}

const VERSION = '1'
const TERM_MAX = 2 ** 31 - 1

/** Reads any bytes; a problem fits after "because". */
export function parseManifest(bytes: Uint8Array): Result<Manifest, string> {
  const lines = new KeyLines(bytes)
  if (lines.value('version') !== VERSION) return fail(`its version is not ${VERSION}`)
  const word = (key: string) => lines.value(key) ?? ''
  if (word('set') === '') return fail('it does not say "set"')
  const zones: SavedZone[] = []
  for (const row of lines.rows('zone')) {
    const [name = '', view = '', file = '', journal = ''] = row
    const parsed = parseDomainName(name)
    if (!parsed.ok || view === '' || !isPath(file) || !isPath(journal))
      return fail(`its line for the zone "${name}" is damaged`)
    zones.push({ name: parsed.value, view, file, journal })
  }
  const term = readCount(lines.value('term'), TERM_MAX)
  if (term === undefined && word('term') !== 'unknown') return fail('its term is no number')
  return ok({
    fleet: word('fleet'),
    server: word('server'),
    set: word('set'),
    term,
    saved: word('saved'),
    code: word('code'),
    zones,
  })
}

/** Absolute, and nowhere else than it says. */
function isPath(path: string): boolean {
  return path.startsWith('/') && !path.split('/').includes('..') && !path.includes('\0')
}
