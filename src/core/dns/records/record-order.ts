/** Sorts before the first byte of any label: ends a label. */
const LABEL_END = 1
/** Sorts before everything that can follow a label: ends the owner. */
const OWNER_END = 0
/** Bytes 0 to 2 of a label, which the marks above would be mistaken for, become two bytes beginning with this one. */
const ESCAPE = 2

const LABELS_MAX = 128
/** Every byte of the owner escaped, and the longest data. */
const KEY_BYTES_MAX = 2 * 256 + 4 + 65_535 + 2 * 255

declare const recordOrderBrand: unique symbol

/**
 * A key whose order as a string is the canonical order of records: owners by RFC 4034 section 6.1 (labels from the right,
 * each by its bytes), then types by number, then data by its bytes (section 6.3). Equal keys are the same record.
 */
export type RecordOrder = string & { readonly [recordOrderBrand]: true }

/** A record in canonical form: owner, then ten bytes from type to length, then data up to `end`. */
export type CanonicalRecord = {
  readonly bytes: Uint8Array
  readonly start: number
  readonly ownerLength: number
  readonly rdataAt: number
  readonly end: number
}

const labelStarts = new Uint8Array(LABELS_MAX)
const key = Buffer.alloc(KEY_BYTES_MAX)

export function recordOrder(record: CanonicalRecord): RecordOrder {
  const { bytes, start, ownerLength, rdataAt, end } = record
  let labels = 0
  for (let at = 0; bytes[start + at] !== 0; at += (bytes[start + at] as number) + 1)
    labelStarts[labels++] = at
  let length = 0
  while (labels > 0) {
    const labelAt = start + (labelStarts[--labels] as number)
    const labelEnd = labelAt + (bytes[labelAt] as number)
    for (let at = labelAt + 1; at <= labelEnd; at++) {
      const byte = bytes[at] as number
      if (byte <= ESCAPE) key[length++] = ESCAPE
      key[length++] = byte
    }
    key[length++] = LABEL_END
  }
  key[length++] = OWNER_END
  key[length++] = bytes[start + ownerLength] as number
  key[length++] = bytes[start + ownerLength + 1] as number
  key.set(bytes.subarray(rdataAt, end), length)
  return key.toString('latin1', 0, length + end - rdataAt) as RecordOrder
}
