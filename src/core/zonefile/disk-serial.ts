import { compareSerials, type Serial } from '../base/index.ts'
import { type JournalHead, readJournalHead } from './journal.ts'
import { isRaw, readRawSerial } from './raw.ts'
import { readTextSerial } from './text.ts'
import type { HeadSerial, ZoneFileHead } from './zone-file-head.ts'

/** The serial at which named would load a zone from its file and journal. */
export type DiskSerial =
  | { readonly kind: 'serial'; readonly serial: Serial }
  /** Neither file nor journal is there. */
  | { readonly kind: 'absent' }
  /** Something is there that could not be read or would not load. `because` fits after "because". */
  | { readonly kind: 'unreadable'; readonly because: string }

/** What is known of one zone's files; a file that is not there is nothing. */
export type ZoneHeads = {
  readonly file: ZoneFileHead | undefined
  readonly journal: ZoneFileHead | undefined
  readonly format: 'text' | 'raw'
}

/**
 * The zone on disk stands at its journal's end, or at its file's serial where there is no journal. A journal fits its
 * file when the file's serial is within it; otherwise named answers "journal out of sync with zone" and does not load
 * it. Within is necessary, not sufficient: a file edited by hand may bear the serial of another content.
 */
export function readDiskSerial(heads: ZoneHeads): DiskSerial | { readonly kind: 'beyond' } {
  const journal = heads.journal === undefined ? undefined : readJournalHead(heads.journal)
  if (heads.file === undefined)
    return journal === undefined
      ? { kind: 'absent' }
      : { kind: 'unreadable', because: 'its journal is there and its file is not' }
  const file = heads.format === 'raw' ? readRawSerial(heads.file) : readTextSerial(heads.file)
  if (file.kind === 'malformed') return { kind: 'unreadable', because: file.because }
  return journal === undefined ? file : rollForward(file, journal)
}

/** The serial of the file alone, whatever its format: where named has written the zone, that is what it holds. */
export function readFileSerial(file: ZoneFileHead): HeadSerial {
  return isRaw(file.bytes) ? readRawSerial(file) : readTextSerial(file)
}

function rollForward(
  file: Exclude<HeadSerial, { kind: 'malformed' }>,
  journal: JournalHead,
): DiskSerial | { readonly kind: 'beyond' } {
  if (journal.kind === 'malformed') return { kind: 'unreadable', because: journal.because }
  if (journal.kind === 'empty' || file.kind === 'beyond') return file
  const { begin, end } = journal
  if (isWithin(file.serial, begin, end)) return { kind: 'serial', serial: end }
  return {
    kind: 'unreadable',
    because: `its journal leads from ${begin} to ${end} and does not fit its file at ${file.serial}`,
  }
}

function isWithin(serial: Serial, begin: Serial, end: Serial): boolean {
  return notAfter(begin, serial) && notAfter(serial, end)
}

function notAfter(left: Serial, right: Serial): boolean {
  const order = compareSerials(left, right)
  return order === 'before' || order === 'same'
}
