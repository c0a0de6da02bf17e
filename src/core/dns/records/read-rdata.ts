import { lowerCaseName, NAME_BYTES_MAX } from '../wire-name.ts'
import { WireReader } from '../wire-reader.ts'
import { type RdataField, rdataLayout } from './rdata-layout.ts'
import type { RecordType } from './record-type.ts'

/** Bytes of the fields that always have as many. */
const FIELD_BYTES: Partial<Record<RdataField, number>> = {
  u8: 1,
  u16: 2,
  u32: 4,
  type: 2,
  time: 4,
  ipv4: 4,
  ipv6: 16,
}

/** Where a record's data lies in a message, and of which type it is. */
export type RdataPlace = { readonly type: RecordType; readonly at: number; readonly length: number }

/** Whether names in it keep their case, or are lower-cased as RFC 4034 section 6.2 wants them for digests. */
export type RdataForm = 'exact' | 'canonical'

/** The most bytes that expanding names can make of data of this length (no layout holds more than two names). */
export function rdataBytesMax(length: number): number {
  return length + 2 * NAME_BYTES_MAX
}

/**
 * Copies record data to `at` of `into` with its names expanded, and returns its new length; -1 when the data is not
 * what its type says. `into` has room for `rdataBytesMax(place.length)` bytes there.
 */
export function copyRdata(
  source: Uint8Array,
  place: RdataPlace,
  target: { readonly into: Uint8Array; readonly at: number; readonly form: RdataForm },
): number {
  const { into, at, form } = target
  const end = place.at + place.length
  const layout = rdataLayout(place.type)
  // An empty RDATA is legal in an UPDATE, whatever the type (RFC 2136 section 2.4).
  if (layout === undefined || !hasName(layout) || place.length === 0) return copyBytes(source, place, target)
  const reader = new WireReader(source, place.at)
  let length = 0
  for (const field of layout) {
    if (field === 'name' || field === 'exact-name') {
      const nameLength = reader.copyName(into, at + length)
      if (form === 'canonical' && field === 'name')
        lowerCaseName(into.subarray(at + length, at + length + nameLength))
      length += nameLength
    } else {
      const bytes = fieldBytes(reader, field, end)
      into.set(bytes, at + length)
      length += bytes.length
    }
    if (reader.problem !== undefined || reader.at > end) return -1
  }
  return reader.at === end ? length : -1
}

function copyBytes(
  source: Uint8Array,
  place: RdataPlace,
  target: { readonly into: Uint8Array; readonly at: number },
): number {
  target.into.set(source.subarray(place.at, place.at + place.length), target.at)
  return place.length
}

function hasName(layout: readonly RdataField[]): boolean {
  return layout.includes('name') || layout.includes('exact-name')
}

function fieldBytes(reader: WireReader, field: RdataField, end: number): Uint8Array {
  const fixed = FIELD_BYTES[field]
  if (fixed !== undefined) return reader.take(fixed)
  if (field === 'string' || field === 'tag') return reader.take(1 + (reader.bytes[reader.at] ?? 0))
  return reader.take(Math.max(0, end - reader.at))
}
