import type { Serial } from '../base/index.ts'
import type { ZoneFileHead } from './zone-file-head.ts'

/** Both start with this; 9.2 added a version to each transaction, and both have the same header. */
const FORMATS = [';BIND LOG V9\n', ';BIND LOG V9.2\n']
const FORMAT_BYTES = 16
/** The format, then serial and offset of the beginning and of the end. */
const POSITIONS_END = 32

/** What the head of a journal says: which serials it leads from and to. */
export type JournalHead =
  | { readonly kind: 'journal'; readonly begin: Serial; readonly end: Serial }
  /** A journal without a transaction: the zone stands where its file does. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'malformed'; readonly because: string }

/**
 * Reads the header of a journal (`lib/dns/journal.c`). named writes the header after the transaction it tells of, so
 * its end is what named would roll forward to. A file shorter than its header promises lost its last transactions:
 * named loads it without a word, at a lower serial.
 */
export function readJournalHead(head: ZoneFileHead): JournalHead {
  const { bytes, size } = head
  if (bytes.length < POSITIONS_END)
    return { kind: 'malformed', because: 'the journal ends within its header' }
  if (!FORMATS.includes(formatOf(bytes)))
    return { kind: 'malformed', because: 'the journal does not begin as a journal of BIND 9 does' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const beginOffset = view.getUint32(20)
  const endOffset = view.getUint32(28)
  if (beginOffset === endOffset) return { kind: 'empty' }
  if (size < endOffset)
    return {
      kind: 'malformed',
      because: `the journal has ${size} bytes where its header promises ${endOffset}: its end was lost`,
    }
  return {
    kind: 'journal',
    begin: view.getUint32(FORMAT_BYTES) as Serial,
    end: view.getUint32(24) as Serial,
  }
}

/** The first 16 bytes up to the zeros that fill them. */
function formatOf(bytes: Uint8Array): string {
  const field = String.fromCharCode(...bytes.subarray(0, FORMAT_BYTES))
  const end = field.indexOf('\0')
  return end === -1 ? field : field.slice(0, end)
}
