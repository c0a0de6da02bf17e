import { createHash } from 'node:crypto'
import { type DomainName, fail, ok, type Result } from '../../base/index.ts'
import { lowerCaseName, NAME_BYTES_MAX, wireFromName } from '../wire-name.ts'
import type { WireProblem } from '../wire-problem.ts'
import { WireReader } from '../wire-reader.ts'
import { copyRdata, rdataBytesMax } from './read-rdata.ts'
import { type RecordOrder, recordOrder } from './record-order.ts'
import type { RecordPlace } from './record-place.ts'
import { RECORD_TYPES } from './record-type.ts'

const ARENA_BYTES_FIRST = 4_096
/** Type, class, TTL and RDLENGTH, between owner and data. */
const FIXED_BYTES = 10

/** The most that the records of one zone may take in canonical form. */
export const ZONE_BYTES_MAX = 512 * 1024 * 1024

export type ZoneDigestProblem = WireProblem | 'the zone is larger than the limit'

/** One record in canonical form in the arena, and what it is sorted by. */
type Entry = { readonly order: RecordOrder; readonly start: number; readonly end: number }

/**
 * The digest of a zone's content (RFC 8976 section 3: scheme SIMPLE, SHA-384), from its records in any order and with any
 * repetition. The ZONEMD set of the apex and its signature are left out, and so is what lies outside of the zone. Equal
 * digests mean equal zones, serial and TTLs included.
 */
export class ZoneDigest {
  readonly #apex: Uint8Array
  readonly #entries: Entry[] = []
  #arena = new Uint8Array(ARENA_BYTES_FIRST)
  #length = 0
  #problem: ZoneDigestProblem | undefined

  constructor(apex: DomainName) {
    this.#apex = wireFromName(apex)
  }

  /** Records that count so far, repetitions included. */
  get recordCount(): number {
    return this.#entries.length
  }

  /** Adds the record at a place of a message. A problem sticks, and is told by `finish`. */
  add(message: Uint8Array, place: RecordPlace): void {
    if (this.#problem !== undefined || !this.#room(place)) return
    const start = this.#length
    const reader = new WireReader(message, place.ownerAt)
    const ownerLength = reader.copyName(this.#arena, start)
    if (reader.problem !== undefined) {
      this.#refuse(reader.problem)
      return
    }
    lowerCaseName(this.#arena.subarray(start, start + ownerLength))
    const rdataAt = start + ownerLength + FIXED_BYTES
    const rdataLength = copyRdata(
      message,
      { type: place.type, at: place.rdataAt, length: place.rdataLength },
      { into: this.#arena, at: rdataAt, form: 'canonical' },
    )
    if (rdataLength < 0) {
      this.#refuse('record data and its length disagree')
      return
    }
    this.#writeFixed(start + ownerLength, place, rdataLength)
    const end = rdataAt + rdataLength
    const record = { bytes: this.#arena, start, ownerLength, rdataAt, end }
    if (!this.#counts(record, place.type)) return
    this.#entries.push({ order: recordOrder(record), start, end })
    this.#length = end
  }

  /** The digest in lower-case hexadecimal, 96 digits. */
  finish(): Result<string, ZoneDigestProblem> {
    if (this.#problem !== undefined) return fail(this.#problem)
    const sorted = this.#entries.sort((left, right) =>
      left.order < right.order ? -1 : left.order > right.order ? 1 : 0,
    )
    const canonical = new Uint8Array(this.#length)
    let length = 0
    let previous: RecordOrder | undefined
    for (const { order, start, end } of sorted) {
      if (order !== previous) {
        canonical.set(this.#arena.subarray(start, end), length)
        length += end - start
      }
      previous = order
    }
    return ok(createHash('sha384').update(canonical.subarray(0, length)).digest('hex'))
  }

  /** RFC 8976 section 3.3.1: which records of a zone count. */
  #counts(record: { start: number; ownerLength: number; rdataAt: number }, type: number): boolean {
    const { start, ownerLength, rdataAt } = record
    const apex = this.#apex
    const before = ownerLength - apex.length
    if (before < 0 || !this.#isBelowApex(start, before)) return false
    if (before > 0) return true
    if (type === RECORD_TYPES.ZONEMD) return false
    const covered = ((this.#arena[rdataAt] as number) << 8) | (this.#arena[rdataAt + 1] as number)
    return !(type === RECORD_TYPES.RRSIG && covered === RECORD_TYPES.ZONEMD)
  }

  /** The owner ends in the apex, and there at the beginning of a label. */
  #isBelowApex(start: number, before: number): boolean {
    let at = start
    while (at < start + before) at += (this.#arena[at] as number) + 1
    if (at !== start + before) return false
    for (let index = 0; index < this.#apex.length; index++) {
      if (this.#arena[at + index] !== this.#apex[index]) return false
    }
    return true
  }

  #writeFixed(at: number, place: RecordPlace, rdataLength: number): void {
    const view = new DataView(this.#arena.buffer, at, FIXED_BYTES)
    view.setUint16(0, place.type)
    view.setUint16(2, place.class)
    view.setUint32(4, place.ttl)
    view.setUint16(8, rdataLength)
  }

  #room(place: RecordPlace): boolean {
    const wanted = this.#length + NAME_BYTES_MAX + FIXED_BYTES + rdataBytesMax(place.rdataLength)
    if (wanted > ZONE_BYTES_MAX) {
      this.#refuse('the zone is larger than the limit')
      return false
    }
    if (wanted <= this.#arena.length) return true
    const larger = new Uint8Array(Math.max(wanted, this.#arena.length * 2))
    larger.set(this.#arena.subarray(0, this.#length))
    this.#arena = larger
    return true
  }

  #refuse(problem: ZoneDigestProblem): void {
    this.#problem ??= problem
  }
}
