import { type DomainName, fail, nameFromLabels, ok, type Result, type Serial } from '../base/index.ts'
import { readJournalHead } from './journal.ts'

/** A record as it stands on the wire: names in its data are not compressed. */
export type WireRecord = {
  readonly owner: DomainName
  readonly type: number
  readonly class: number
  /** Seconds. */
  readonly ttl: number
  readonly rdata: Uint8Array
}

/** One step of a zone from a serial to the next: what one update, or one transfer, changed. The SOA is left out. */
export type JournalChange = {
  /** Whose SOA leads it; nothing where it has none, as no journal of named's does. */
  readonly zone: DomainName | undefined
  readonly from: Serial
  readonly to: Serial
  readonly deleted: readonly WireRecord[]
  readonly added: readonly WireRecord[]
}

/** Why a journal cannot be read, in words that fit after "because". */
export type JournalProblem = string

const FORMAT_WITH_COUNT = ';BIND LOG V9.2\n'
/** Where the positions are; after them comes the size of the index. */
const BEGIN_OFFSET_AT = 20
const END_OFFSET_AT = 28
/** Size, and from 9.2 on the number of records, then both serials. */
const CHANGE_HEADER_BYTES = { plain: 12, counted: 16 } as const
const RECORD_HEADER_BYTES = 4
/** Type, class, TTL and length of the data, which follow the owner name. */
const RECORD_FIXED_BYTES = 10
const TYPE_SOA = 6
const LABEL_BYTES_MAX = 63

/**
 * Reads every change that a whole journal holds (`lib/dns/journal.c`), oldest first, as `named-journalprint` prints
 * them. A journal that was cut short is read up to where it is whole, and says so: `complete` is false then.
 */
export function readJournalChanges(
  bytes: Uint8Array,
): Result<{ readonly changes: readonly JournalChange[]; readonly complete: boolean }, JournalProblem> {
  const head = readJournalHead({ bytes, size: Math.max(bytes.length, endOffsetOf(bytes)) })
  if (head.kind === 'malformed') return fail(head.because)
  if (head.kind === 'empty') return ok({ changes: [], complete: true })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = view.getUint32(END_OFFSET_AT)
  const counted = new TextDecoder().decode(bytes.subarray(0, FORMAT_WITH_COUNT.length)) === FORMAT_WITH_COUNT
  const headerBytes = counted ? CHANGE_HEADER_BYTES.counted : CHANGE_HEADER_BYTES.plain
  const changes: JournalChange[] = []
  let at = view.getUint32(BEGIN_OFFSET_AT)
  while (at < end) {
    if (at + headerBytes > bytes.length) return ok({ changes, complete: false })
    const size = view.getUint32(at)
    const from = view.getUint32(at + headerBytes - 8) as Serial
    const to = view.getUint32(at + headerBytes - 4) as Serial
    const bodyAt = at + headerBytes
    if (bodyAt + size > bytes.length) return ok({ changes, complete: false })
    const records = readRecords(bytes.subarray(bodyAt, bodyAt + size))
    if (!records.ok) return records
    changes.push({ from, to, ...splitAtSecondSoa(records.value) })
    at = bodyAt + size
  }
  return ok({ changes, complete: true })
}

function endOffsetOf(bytes: Uint8Array): number {
  if (bytes.length < END_OFFSET_AT + 4) return 0
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(END_OFFSET_AT)
}

/** As in IXFR (RFC 1995 section 4): the old SOA leads what goes, the new SOA leads what comes. */
function splitAtSecondSoa(records: readonly WireRecord[]) {
  const second = records.findIndex(({ type }, index) => index > 0 && type === TYPE_SOA)
  const turn = second === -1 ? records.length : second
  const isContent = ({ type }: WireRecord) => type !== TYPE_SOA
  return {
    zone: records.find(({ type }) => type === TYPE_SOA)?.owner,
    deleted: records.slice(0, turn).filter(isContent),
    added: records.slice(turn).filter(isContent),
  }
}

function readRecords(bytes: Uint8Array): Result<readonly WireRecord[], JournalProblem> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const records: WireRecord[] = []
  for (let at = 0; at < bytes.length; ) {
    if (at + RECORD_HEADER_BYTES > bytes.length) return fail('a record in it ends early')
    const size = view.getUint32(at)
    const body = bytes.subarray(at + RECORD_HEADER_BYTES, at + RECORD_HEADER_BYTES + size)
    if (size === 0 || body.length < size) return fail('a record in it ends early')
    const record = readRecord(body)
    if (!record.ok) return record
    records.push(record.value)
    at += RECORD_HEADER_BYTES + size
  }
  return ok(records)
}

function readRecord(body: Uint8Array): Result<WireRecord, JournalProblem> {
  const labels: Uint8Array[] = []
  let at = 0
  for (;;) {
    const length = body[at]
    if (length === undefined || length > LABEL_BYTES_MAX) return fail('a name in it cannot be read')
    at++
    if (length === 0) break
    labels.push(body.subarray(at, at + length))
    at += length
  }
  const owner = nameFromLabels(labels)
  if (!owner.ok || at + RECORD_FIXED_BYTES > body.length) return fail('a record in it ends early')
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const rdataAt = at + RECORD_FIXED_BYTES
  const length = view.getUint16(at + 8)
  if (rdataAt + length > body.length) return fail('a record in it ends early')
  return ok({
    owner: owner.value,
    type: view.getUint16(at),
    class: view.getUint16(at + 2),
    ttl: view.getUint32(at + 4),
    rdata: body.slice(rdataAt, rdataAt + length),
  })
}
