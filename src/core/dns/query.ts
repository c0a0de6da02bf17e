import type { DomainName } from '../base/index.ts'
import { RECORD_CLASSES } from './records/record-class.ts'
import type { RecordType } from './records/record-type.ts'
import { wireFromName } from './wire-name.ts'

const HEADER_BYTES = 12
/** In the third byte of the header. */
const RECURSION_DESIRED = 0x01
/** Type and class after the name. */
const QUESTION_END_BYTES = 4

export type Query = {
  readonly name: DomainName
  readonly type: RecordType
  /** Whether a server that may look elsewhere should (RFC 1035 section 4.1.1, RD); no when left out. */
  readonly recursionDesired?: boolean | undefined
}

/** A query in class IN, without EDNS. Written at once, because it is sent by the ten thousand. */
export function writeQuery(query: Query, id: number): Uint8Array {
  const name = wireFromName(query.name)
  const end = HEADER_BYTES + name.length
  const message = new Uint8Array(end + QUESTION_END_BYTES)
  message[0] = id >>> 8
  message[1] = id
  // Of the header's other bits only RD may be set; QDCOUNT is one, every other count zero.
  if (query.recursionDesired === true) message[2] = RECURSION_DESIRED
  message[5] = 1
  message.set(name, HEADER_BYTES)
  message[end] = query.type >>> 8
  message[end + 1] = query.type
  message[end + 3] = RECORD_CLASSES.IN
  return message
}
