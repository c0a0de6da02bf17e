import type { DomainName } from '../base/index.ts'
import { RECORD_CLASSES } from './record-class.ts'
import type { RecordType } from './record-type.ts'
import { wireFromName } from './wire-name.ts'

const HEADER_BYTES = 12
/** Type and class after the name. */
const QUESTION_END_BYTES = 4

export type Query = { readonly name: DomainName; readonly type: RecordType }

/**
 * A query for an authoritative server: class IN, no recursion desired, no EDNS. Written at once, because it is sent by
 * the ten thousand.
 */
export function writeQuery(query: Query, id: number): Uint8Array {
  const name = wireFromName(query.name)
  const end = HEADER_BYTES + name.length
  const message = new Uint8Array(end + QUESTION_END_BYTES)
  message[0] = id >>> 8
  message[1] = id
  // QDCOUNT is one; every other bit and count of the header is zero.
  message[5] = 1
  message.set(name, HEADER_BYTES)
  message[end] = query.type >>> 8
  message[end + 1] = query.type
  message[end + 3] = RECORD_CLASSES.IN
  return message
}
