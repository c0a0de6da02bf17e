import { type Failure, failure, listFew } from '../../core/base/index.ts'
import type { JournalCopy } from './copy.ts'

/**
 * What one copy has of a record. Only `missing` means that nothing is there, and it was seen to be missing; everything
 * else that is no value is a failure that names the file and its server.
 */
export type Reading<Value> =
  | { readonly kind: 'read'; readonly copy: JournalCopy; readonly value: Value }
  | { readonly kind: 'missing'; readonly copy: JournalCopy }
  | {
      readonly kind: 'unreadable' | 'damaged' | 'newer'
      readonly copy: JournalCopy
      readonly failure: Failure
    }

/** What a file's bytes mean, or what is wrong with them. */
export type Meaning<Value> = { readonly value: Value } | 'damaged' | 'newer'

/** Reads the same file of a run in every copy. */
export function readEverywhere<Value>(
  copies: readonly JournalCopy[],
  pathIn: (copy: JournalCopy) => string,
  meaningOf: (bytes: Uint8Array) => Meaning<Value>,
): Promise<readonly Reading<Value>[]> {
  return Promise.all(copies.map(copy => readOne(copy, pathIn(copy), meaningOf)))
}

async function readOne<Value>(
  copy: JournalCopy,
  path: string,
  meaningOf: (bytes: Uint8Array) => Meaning<Value>,
): Promise<Reading<Value>> {
  const read = await copy.files.read(path)
  if (!read.ok) {
    const isMissing = read.error.code === 'hosts.missing'
    return isMissing ? { kind: 'missing', copy } : { kind: 'unreadable', copy, failure: read.error }
  }
  const meaning = meaningOf(read.value)
  if (meaning === 'damaged') return { kind: 'damaged', copy, failure: damagedFile(copy, path) }
  if (meaning === 'newer') return { kind: 'newer', copy, failure: newerFile(copy, path) }
  return { kind: 'read', copy, value: meaning.value }
}

export function valuesRead<Value>(readings: readonly Reading<Value>[]): readonly Value[] {
  return readings.flatMap(reading => (reading.kind === 'read' ? [reading.value] : []))
}

type FailedKind = 'unreadable' | 'damaged' | 'newer'

export function failuresOf(
  readings: readonly Reading<unknown>[],
  kinds: readonly FailedKind[],
): readonly Failure[] {
  return readings.flatMap(reading =>
    reading.kind !== 'read' && reading.kind !== 'missing' && kinds.includes(reading.kind)
      ? [reading.failure]
      : [],
  )
}

/** What keeps a run from being known, told as one: which files of which servers, and the way on for the first. */
export function unreadRecord(subject: string, failures: readonly Failure[], by?: string): Failure {
  const [first] = failures
  return failure({
    code: first?.code === 'engine.record-damaged' ? 'engine.record-damaged' : 'engine.record-unreadable',
    subject,
    because: listFew(
      failures.map(({ because }) => because),
      { max: 3, separator: '; ' },
    ),
    remedy: remedyFor(first, by),
  })
}

/** The locks stay until the record can be read, so that the remedy is always how it can be. */
function remedyFor(first: Failure | undefined, by: string | undefined): string {
  const person = by?.slice(0, by.lastIndexOf('@'))
  if (first?.code === 'hosts.permission')
    return `Run the command as root${person === undefined ? '' : `, or as ${person}`}: plans can be read by their owner alone.`
  if (first?.code === 'engine.record-damaged') return first.remedy
  return `${first?.remedy ?? ''} Then run the command again; until then the locks stay.`
}

function damagedFile({ name }: JournalCopy, path: string): Failure {
  return failure({
    code: 'engine.record-damaged',
    subject: `${name}:${path}`,
    because: `${path} on ${name} is damaged or empty`,
    remedy: RESTORE,
  })
}

export const RESTORE =
  'Bring the file back from a backup, or a server that has a copy. Without one, see with `baton status` who is active, thaw there what is frozen (`rndc thaw ZONE`), move baton/lock away on every peer, and `baton push`.'

function newerFile({ name }: JournalCopy, path: string): Failure {
  return failure({
    code: 'engine.newer-run',
    subject: `${name}:${path}`,
    because: `${path} on ${name} was written by a newer Baton`,
    remedy: 'Use the Baton that began the run, or a newer one.',
  })
}
