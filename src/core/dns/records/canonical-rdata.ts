import { copyRdata, rdataBytesMax } from './read-rdata.ts'
import type { RecordType } from './record-type.ts'

/**
 * Record data in canonical form (RFC 4034 section 6.2), as a string of its bytes: equal strings are equal data. Data that is
 * not what its type says stands for itself, byte for byte.
 */
export function canonicalRdata(type: RecordType, rdata: Uint8Array): string {
  const into = new Uint8Array(rdataBytesMax(rdata.length))
  const place = { type, at: 0, length: rdata.length }
  const length = copyRdata(rdata, place, { into, at: 0, form: 'canonical' })
  return Buffer.from(length < 0 ? rdata : into.subarray(0, length)).toString('latin1')
}
