import fc from 'fast-check'
import { type DomainName, nameFromLabels } from '../../../src/core/base/index.ts'
import { type Message, RECORD_TYPES, type ResourceRecord, rcodeFrom } from '../../../src/core/dns/index.ts'

/** Any name at all: every byte in a label, dots and capitals included. */
export const anyName: fc.Arbitrary<DomainName> = fc
  .array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 6 })
  .map(labels => {
    const name = nameFromLabels(labels)
    if (!name.ok) throw new Error(name.error)
    return name.value
  })

/** A type whose data holds no names, so that any bytes are its data. */
const opaqueType = fc.constantFrom(RECORD_TYPES.A, RECORD_TYPES.TXT, RECORD_TYPES.DS, 65_280)

export const anyRecord: fc.Arbitrary<ResourceRecord> = fc.record({
  owner: anyName,
  type: opaqueType,
  class: fc.constantFrom(1, 3, 4, 254, 255),
  ttl: fc.nat({ max: 0xffff_ffff }),
  rdata: fc.uint8Array({ maxLength: 40 }),
})

export const anyMessage: fc.Arbitrary<Message> = fc.record({
  id: fc.nat({ max: 0xffff }),
  opcode: fc.nat({ max: 15 }),
  rcode: fc.nat({ max: 15 }).map(rcodeFrom),
  flags: fc.record({
    response: fc.boolean(),
    authoritative: fc.boolean(),
    truncated: fc.boolean(),
    recursionDesired: fc.boolean(),
    recursionAvailable: fc.boolean(),
    authenticData: fc.boolean(),
    checkingDisabled: fc.boolean(),
  }),
  questions: fc.array(fc.record({ name: anyName, type: opaqueType, class: fc.constantFrom(1, 255) }), {
    maxLength: 2,
  }),
  answers: fc.array(anyRecord, { maxLength: 4 }),
  authorities: fc.array(anyRecord, { maxLength: 4 }),
  additionals: fc.array(anyRecord, { maxLength: 4 }),
})
