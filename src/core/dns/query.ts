import { type DomainName, invariant } from '../base/index.ts'
import { FLAGS_NONE, OPCODES } from './message.ts'
import { RECORD_CLASSES } from './record-class.ts'
import type { RecordType } from './record-type.ts'
import { writeMessage } from './write-message.ts'

export type Query = { readonly name: DomainName; readonly type: RecordType }

/** A query for an authoritative server: class IN, no recursion desired, no EDNS. */
export function writeQuery(query: Query, id: number): Uint8Array {
  const written = writeMessage({
    id,
    opcode: OPCODES.QUERY,
    rcode: 'NOERROR',
    flags: FLAGS_NONE,
    questions: [{ ...query, class: RECORD_CLASSES.IN }],
    answers: [],
    authorities: [],
    additionals: [],
  })
  invariant(written.ok, 'one question fits into a message')
  return written.value
}
