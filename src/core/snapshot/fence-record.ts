/**
 * That a server takes no writes, as a run wrote it down on the peers that answered: `baton/fenced/NAME`. It holds until that server
 * takes part in a run again, or for good where `ends` says `never`.
 */
export type FenceRecord = {
  readonly fleet: string
  readonly server: string
  /** How it is kept from writing, as a person or the fence of the fleet said it. */
  readonly words: string
  /** `person@machine`. */
  readonly by: string
  /** RFC 3339, UTC. */
  readonly recorded: string
  readonly run: string
  readonly set: string
  /** The term that the run was to begin. */
  readonly term: number
  readonly ends: 'on-return' | 'never'
  /** By what somebody answered at its address all the same, which the person knew; nothing where it had to be silent. */
  readonly despite?: string | undefined
}

const VERSION = '1'
/** A record is a few lines; what is larger is none. */
const TEXT_LENGTH_MAX = 65_536

/** `key=value` lines, so that a person and a shell script can read it. */
export function printFenceRecord(record: FenceRecord): string {
  const { fleet, server, words, by, recorded, run, set, term, ends, despite } = record
  return [
    `version=${VERSION}`,
    `fleet=${fleet}`,
    `server=${server}`,
    `words=${inOneLine(words)}`,
    `by=${by}`,
    `recorded=${recorded}`,
    `run=${run}`,
    `set=${set}`,
    `term=${term}`,
    `ends=${ends}`,
    ...(despite === undefined ? [] : [`despite=${inOneLine(despite)}`]),
    '',
  ].join('\n')
}

function inOneLine(words: string): string {
  return words.replaceAll(/\s+/g, ' ')
}

/** Nothing for any other text: a record that cannot be understood fences nobody. */
export function parseFenceRecord(text: string): FenceRecord | undefined {
  if (text.length > TEXT_LENGTH_MAX) return undefined
  const lines = new Map(
    text.split('\n').flatMap(line => {
      const at = line.indexOf('=')
      return at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const]
    }),
  )
  if (lines.get('version') !== VERSION) return undefined
  const [fleet, server, words, by, recorded, run, set, digits, ends] = KEYS.map(key => lines.get(key) ?? '')
  const isWhole = [fleet, server, words, by, recorded, run, set].every(value => value !== '')
  if (!isWhole || !/^\d{1,10}$/.test(digits ?? '') || (ends !== 'on-return' && ends !== 'never'))
    return undefined
  const despite = lines.get('despite')
  const record = { fleet, server, words, by, recorded, run, set, term: Number(digits), ends } as FenceRecord
  return despite === undefined ? record : { ...record, despite }
}

const KEYS = ['fleet', 'server', 'words', 'by', 'recorded', 'run', 'set', 'term', 'ends'] as const

/** Of several records about one server the one that holds longest, and of those the newest. */
export function newestFences(records: readonly FenceRecord[]): ReadonlyMap<string, FenceRecord> {
  const newest = new Map<string, FenceRecord>()
  const sorted = records.toSorted((left, right) => (left.recorded < right.recorded ? -1 : 1))
  for (const record of sorted)
    if (newest.get(record.server)?.ends !== 'never' || record.ends === 'never')
      newest.set(record.server, record)
  return newest
}
