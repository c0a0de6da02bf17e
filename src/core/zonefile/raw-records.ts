import { fail, nameFromLabels, ok, type Result } from '../base/index.ts'
import type { WireRecord } from './journal-changes.ts'
import { isRaw } from './raw.ts'

/** Why a raw zone file cannot be read, in words that fit after "because". */
export type RawProblem = string

/** Format, version and dump time; from version 1 on also flags, source serial and last transfer. */
const HEADER_BYTES = [12, 24] as const
/** Total length, class, type, covered type, TTL, number of records, length of the owner name. */
const SET_HEADER_BYTES = 20

/** Every record of a zone file in raw format (`lib/dns/masterdump.c`), in the order of the file. */
export function readRawRecords(bytes: Uint8Array): Result<readonly WireRecord[], RawProblem> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerBytes = bytes.length >= 8 && isRaw(bytes) ? HEADER_BYTES[view.getUint32(4)] : undefined
  if (headerBytes === undefined || bytes.length < headerBytes)
    return fail('it is not in a raw format that is known')
  const records: WireRecord[] = []
  for (let at = headerBytes; at < bytes.length; ) {
    if (at + SET_HEADER_BYTES > bytes.length) return fail('it ends within a record set')
    const length = view.getUint32(at)
    if (length < SET_HEADER_BYTES || at + length > bytes.length) return fail('it ends within a record set')
    const set = readSet(bytes.subarray(at, at + length))
    if (!set.ok) return set
    records.push(...set.value)
    at += length
  }
  return ok(records)
}

function readSet(bytes: Uint8Array): Result<readonly WireRecord[], RawProblem> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const nameEnd = SET_HEADER_BYTES + view.getUint16(18)
  const owner = readOwner(bytes.subarray(SET_HEADER_BYTES, nameEnd))
  if (!owner.ok || nameEnd > bytes.length) return fail('a name in it cannot be read')
  const fixed = {
    owner: owner.value,
    class: view.getUint16(4),
    type: view.getUint16(6),
    ttl: view.getUint32(10),
  }
  const records: WireRecord[] = []
  let at = nameEnd
  for (let left = view.getUint32(14); left > 0; left--) {
    if (at + 2 > bytes.length) return fail('a record in it ends early')
    const end = at + 2 + view.getUint16(at)
    if (end > bytes.length) return fail('a record in it ends early')
    records.push({ ...fixed, rdata: bytes.slice(at + 2, end) })
    at = end
  }
  return ok(records)
}

function readOwner(wire: Uint8Array) {
  const labels: Uint8Array[] = []
  for (let at = 0; wire[at]; at += 1 + (wire[at] as number))
    labels.push(wire.subarray(at + 1, at + 1 + (wire[at] as number)))
  return nameFromLabels(labels)
}
