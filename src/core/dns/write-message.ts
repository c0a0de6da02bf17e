import type { Result } from '../base/index.ts'
import type { Message, MessageFlags, ResourceRecord } from './message.ts'
import { rcodeNumber } from './rcode.ts'
import type { WireProblem } from './wire-problem.ts'
import { WireWriter } from './wire-writer.ts'

/** The bytes of a message, names uncompressed; only its size can go wrong. */
export function writeMessage(message: Message): Result<Uint8Array, WireProblem> {
  const { answers, authorities, additionals } = message
  const writer = new WireWriter()
    .u16(message.id)
    .u16(flagBits(message.flags) | (message.opcode << 11) | rcodeNumber(message.rcode))
    .u16(message.questions.length)
    .u16(answers.length)
    .u16(authorities.length)
    .u16(additionals.length)
  for (const question of message.questions) writer.name(question.name).u16(question.type).u16(question.class)
  for (const record of [...answers, ...authorities, ...additionals]) writeRecord(writer, record)
  return writer.message()
}

function writeRecord(writer: WireWriter, record: ResourceRecord): void {
  writer
    .name(record.owner)
    .u16(record.type)
    .u16(record.class)
    .u32(record.ttl)
    .u16(record.rdata.length)
    .bytes(record.rdata)
}

function flagBits(flags: MessageFlags): number {
  return (
    (flags.response ? 0x8000 : 0) |
    (flags.authoritative ? 0x0400 : 0) |
    (flags.truncated ? 0x0200 : 0) |
    (flags.recursionDesired ? 0x0100 : 0) |
    (flags.recursionAvailable ? 0x0080 : 0) |
    (flags.authenticData ? 0x0020 : 0) |
    (flags.checkingDisabled ? 0x0010 : 0)
  )
}
