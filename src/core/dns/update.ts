import { type DomainName, type Result, unreachable } from '../base/index.ts'
import { FLAGS_NONE, OPCODES, type ResourceRecord } from './message.ts'
import { RECORD_CLASSES } from './records/record-class.ts'
import { RECORD_TYPES, type RecordType } from './records/record-type.ts'
import type { WireProblem } from './wire-problem.ts'
import { writeMessage } from './write-message.ts'

/** A dynamic update of one zone (RFC 2136): all of it happens, or none. */
export type Update = {
  readonly zone: DomainName
  readonly prerequisites: readonly Prerequisite[]
  /** In the order in which the server applies them. */
  readonly changes: readonly Change[]
}

/** What must hold before (RFC 2136 section 2.4); otherwise NXDOMAIN, YXDOMAIN, NXRRSET or YXRRSET is the answer. */
export type Prerequisite =
  | { readonly kind: 'name-exists'; readonly name: DomainName }
  | { readonly kind: 'name-absent'; readonly name: DomainName }
  | { readonly kind: 'set-exists'; readonly name: DomainName; readonly type: RecordType }
  | { readonly kind: 'set-absent'; readonly name: DomainName; readonly type: RecordType }
  /** With others of the same name and type: the set is exactly these, TTLs aside. */
  | {
      readonly kind: 'set-equals'
      readonly name: DomainName
      readonly type: RecordType
      readonly rdata: Uint8Array
    }

/** What is to change (RFC 2136 section 2.5). */
export type Change =
  | {
      readonly kind: 'add'
      readonly name: DomainName
      readonly type: RecordType
      /** Seconds. */
      readonly ttl: number
      readonly rdata: Uint8Array
    }
  | {
      readonly kind: 'delete-record'
      readonly name: DomainName
      readonly type: RecordType
      readonly rdata: Uint8Array
    }
  | { readonly kind: 'delete-set'; readonly name: DomainName; readonly type: RecordType }
  | { readonly kind: 'delete-name'; readonly name: DomainName }

/** The bytes of an update, unsigned; only its size can go wrong. */
export function writeUpdate(update: Update, id: number): Result<Uint8Array, WireProblem> {
  return writeMessage({
    id,
    opcode: OPCODES.UPDATE,
    rcode: 'NOERROR',
    flags: FLAGS_NONE,
    questions: [{ name: update.zone, type: RECORD_TYPES.SOA, class: RECORD_CLASSES.IN }],
    answers: update.prerequisites.map(prerequisiteRecord),
    authorities: update.changes.map(changeRecord),
    additionals: [],
  })
}

/**
 * An update that writes nothing: its only prerequisite, an SOA at the apex, holds in every zone, and it changes nothing.
 * How it is answered tells where updates of the zone arrive now and whether they are taken.
 */
export function prerequisiteOnlyUpdate(zone: DomainName): Update {
  return { zone, prerequisites: [{ kind: 'set-exists', name: zone, type: RECORD_TYPES.SOA }], changes: [] }
}

const NOTHING = new Uint8Array()
const { ANY, IN, NONE } = RECORD_CLASSES

function prerequisiteRecord(prerequisite: Prerequisite): ResourceRecord {
  const owner = prerequisite.name
  switch (prerequisite.kind) {
    case 'name-exists':
      return { owner, type: RECORD_TYPES.ANY, class: ANY, ttl: 0, rdata: NOTHING }
    case 'name-absent':
      return { owner, type: RECORD_TYPES.ANY, class: NONE, ttl: 0, rdata: NOTHING }
    case 'set-exists':
      return { owner, type: prerequisite.type, class: ANY, ttl: 0, rdata: NOTHING }
    case 'set-absent':
      return { owner, type: prerequisite.type, class: NONE, ttl: 0, rdata: NOTHING }
    case 'set-equals':
      return { owner, type: prerequisite.type, class: IN, ttl: 0, rdata: prerequisite.rdata }
    default:
      return unreachable(prerequisite)
  }
}

function changeRecord(change: Change): ResourceRecord {
  const owner = change.name
  switch (change.kind) {
    case 'add':
      return { owner, type: change.type, class: IN, ttl: change.ttl, rdata: change.rdata }
    case 'delete-record':
      return { owner, type: change.type, class: NONE, ttl: 0, rdata: change.rdata }
    case 'delete-set':
      return { owner, type: change.type, class: ANY, ttl: 0, rdata: NOTHING }
    case 'delete-name':
      return { owner, type: RECORD_TYPES.ANY, class: ANY, ttl: 0, rdata: NOTHING }
    default:
      return unreachable(change)
  }
}
