import type { ResourceRecord } from '../message.ts'
import { WireReader } from '../wire-reader.ts'
import { copyRdata, rdataBytesMax } from './read-rdata.ts'
import type { RecordClass } from './record-class.ts'
import type { RecordType } from './record-type.ts'

/** Where a record lies in a message: what transfers are read by, millions of times, without making objects of names. */
export type RecordPlace = {
  readonly ownerAt: number
  readonly type: RecordType
  readonly class: RecordClass
  /** Seconds. */
  readonly ttl: number
  readonly rdataAt: number
  readonly rdataLength: number
}

/** Steps over the next record; a problem sticks to the reader. */
export function placeRecord(reader: WireReader): RecordPlace {
  const ownerAt = reader.at
  reader.skipName()
  const type = reader.u16()
  const recordClass = reader.u16()
  const ttl = reader.u32()
  const rdataLength = reader.u16()
  const rdataAt = reader.at
  reader.take(rdataLength)
  return { ownerAt, type, class: recordClass, ttl, rdataAt, rdataLength }
}

/** The record itself, standing alone; a name that is none or data that is not its type's sticks to `reader`. */
export function recordAt(reader: WireReader, place: RecordPlace): ResourceRecord {
  const owner = new WireReader(reader.bytes, place.ownerAt)
  const name = owner.name()
  if (owner.problem !== undefined) reader.refuse(owner.problem)
  const into = new Uint8Array(rdataBytesMax(place.rdataLength))
  const rdataPlace = { type: place.type, at: place.rdataAt, length: place.rdataLength }
  const length = copyRdata(reader.bytes, rdataPlace, { into, at: 0, form: 'exact' })
  if (length < 0) reader.refuse('record data and its length disagree')
  const rdata = into.slice(0, Math.max(length, 0))
  return { owner: name, type: place.type, class: place.class, ttl: place.ttl, rdata }
}
