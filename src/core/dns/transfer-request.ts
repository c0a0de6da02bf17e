import { invariant } from '../base/index.ts'
import { FLAGS_NONE, OPCODES, type ResourceRecord } from './message.ts'
import { RECORD_CLASSES } from './records/record-class.ts'
import { RECORD_TYPES } from './records/record-type.ts'
import type { TransferRequest } from './transfer-reader.ts'
import { WireWriter } from './wire-writer.ts'
import { writeMessage } from './write-message.ts'

/** The bytes of a transfer request; an IXFR tells the serial we have in an SOA of its own (RFC 1995 section 3). */
export function writeTransferRequest(request: TransferRequest, id: number): Uint8Array {
  const type = request.kind === 'axfr' ? RECORD_TYPES.AXFR : RECORD_TYPES.IXFR
  const written = writeMessage({
    id,
    opcode: OPCODES.QUERY,
    rcode: 'NOERROR',
    flags: FLAGS_NONE,
    questions: [{ name: request.zone, type, class: RECORD_CLASSES.IN }],
    answers: [],
    authorities: request.kind === 'axfr' ? [] : [soaWithSerial(request)],
    additionals: [],
  })
  invariant(written.ok, 'a transfer request fits into a message')
  return written.value
}

/** The server reads nothing but the serial of it. */
function soaWithSerial(request: TransferRequest & { kind: 'ixfr' }): ResourceRecord {
  const rdata = new WireWriter().u16(0).u32(request.since).u32(0).u32(0).u32(0).u32(0).written()
  return { owner: request.zone, type: RECORD_TYPES.SOA, class: RECORD_CLASSES.IN, ttl: 0, rdata }
}
