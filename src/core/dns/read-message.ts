import { fail, ok, type Result } from '../base/index.ts'
import type { Message, MessageFlags, Question, ResourceRecord } from './message.ts'
import { rcodeFrom } from './rcode.ts'
import { placeRecord, recordAt } from './records/record-place.ts'
import { nameFromWire } from './wire-name.ts'
import type { WireProblem } from './wire-problem.ts'
import { WireReader } from './wire-reader.ts'

/** Reads a whole message (RFC 1035 section 4.1); anything left over or cut short is a problem, nothing throws. */
export function readMessage(bytes: Uint8Array): Result<Message, WireProblem> {
  const reader = new WireReader(bytes)
  const id = reader.u16()
  const bits = reader.u16()
  const counts = [reader.u16(), reader.u16(), reader.u16(), reader.u16()] as const
  const message: Message = {
    id,
    opcode: (bits >>> 11) & 0xf,
    rcode: rcodeFrom(bits & 0xf),
    flags: flagsFrom(bits),
    questions: readMany(reader, counts[0], readQuestion),
    answers: readMany(reader, counts[1], readRecord),
    authorities: readMany(reader, counts[2], readRecord),
    additionals: readMany(reader, counts[3], readRecord),
  }
  if (reader.problem !== undefined) return fail(reader.problem)
  return reader.at === bytes.length ? ok(message) : fail('bytes follow the last record')
}

function flagsFrom(bits: number): MessageFlags {
  return {
    response: (bits & 0x8000) !== 0,
    authoritative: (bits & 0x0400) !== 0,
    truncated: (bits & 0x0200) !== 0,
    recursionDesired: (bits & 0x0100) !== 0,
    recursionAvailable: (bits & 0x0080) !== 0,
    authenticData: (bits & 0x0020) !== 0,
    checkingDisabled: (bits & 0x0010) !== 0,
  }
}

/** The count is the sender's claim: reading stops at the first problem, so no claim can make it long. */
function readMany<Item>(reader: WireReader, count: number, read: (reader: WireReader) => Item): Item[] {
  const items: Item[] = []
  while (items.length < count && reader.problem === undefined) items.push(read(reader))
  return items
}

function readQuestion(reader: WireReader): Question {
  return { name: reader.name(), type: reader.u16(), class: reader.u16() }
}

function readRecord(reader: WireReader): ResourceRecord {
  const place = placeRecord(reader)
  return reader.problem === undefined ? recordAt(reader, place) : RECORD_UNREAD
}

/** Stands where a record could not be read; the problem that the reader has by then discards it. */
const RECORD_UNREAD: ResourceRecord = {
  owner: nameFromWire(new Uint8Array(1)),
  type: 0,
  class: 0,
  ttl: 0,
  rdata: new Uint8Array(),
}
