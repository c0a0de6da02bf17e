import type { DomainName } from '../base/index.ts'
import type { Rcode } from './rcode.ts'
import type { RecordClass } from './records/record-class.ts'
import type { RecordType } from './records/record-type.ts'

/** Kinds of message (RFC 1035 section 4.1.1, RFC 1996, RFC 2136), by their number on the wire. */
export const OPCODES = { QUERY: 0, NOTIFY: 4, UPDATE: 5 } as const

/** A DNS message (RFC 1035 section 4). In an UPDATE the sections are zone, prerequisites, updates, additionals. */
export type Message = {
  /** 0 to 65535. */
  readonly id: number
  /** 0 to 15, see `OPCODES`. */
  readonly opcode: number
  readonly rcode: Rcode
  readonly flags: MessageFlags
  readonly questions: readonly Question[]
  readonly answers: readonly ResourceRecord[]
  readonly authorities: readonly ResourceRecord[]
  readonly additionals: readonly ResourceRecord[]
}

/** The single bits of the header, in the words of RFC 1035 section 4.1.1 and RFC 4035 section 3. */
export type MessageFlags = {
  readonly response: boolean
  readonly authoritative: boolean
  readonly truncated: boolean
  readonly recursionDesired: boolean
  readonly recursionAvailable: boolean
  readonly authenticData: boolean
  readonly checkingDisabled: boolean
}

/** No bit set: what a query to an authoritative server carries. */
export const FLAGS_NONE: MessageFlags = {
  response: false,
  authoritative: false,
  truncated: false,
  recursionDesired: false,
  recursionAvailable: false,
  authenticData: false,
  checkingDisabled: false,
}

export type Question = {
  readonly name: DomainName
  readonly type: RecordType
  readonly class: RecordClass
}

/** A record whose data stands alone: names in it are no longer compressed, their case is as the server sent it. */
export type ResourceRecord = {
  readonly owner: DomainName
  readonly type: RecordType
  readonly class: RecordClass
  /** Seconds, 0 to 2^32 - 1; for OPT and TSIG what those types make of it. */
  readonly ttl: number
  readonly rdata: Uint8Array
}
