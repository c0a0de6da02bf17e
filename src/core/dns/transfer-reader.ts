import { compareSerials, type DomainName, fail, ok, type Result, type Serial } from '../base/index.ts'
import { type Rcode, rcodeFrom } from './rcode.ts'
import { placeRecord, type RecordPlace } from './records/record-place.ts'
import { RECORD_TYPES } from './records/record-type.ts'
import { lowerCaseName, NAME_BYTES_MAX, wireFromName } from './wire-name.ts'
import type { WireProblem } from './wire-problem.ts'
import { WireReader } from './wire-reader.ts'

/** What was asked for: a whole zone (RFC 5936), or what changed since a serial (RFC 1995). */
export type TransferRequest =
  | { readonly kind: 'axfr'; readonly zone: DomainName }
  | { readonly kind: 'ixfr'; readonly zone: DomainName; readonly since: Serial }

/** What a record of a transfer is: of the zone as it is now, or deleted from or added to the older one. */
export type TransferPart = 'whole' | 'deleted' | 'added'

/** Takes each record as it comes; message and place are only valid during the call. */
export type TransferSink = (message: Uint8Array, place: RecordPlace, part: TransferPart) => void

/** What a server sent by the end: the whole zone, changes leading to `serial`, or that there are none. */
export type Transfer = { readonly kind: 'whole' | 'changes' | 'unchanged'; readonly serial: Serial }

export type TransferProblem =
  | { readonly kind: 'rcode'; readonly rcode: Rcode }
  | { readonly kind: 'malformed'; readonly because: WireProblem }
  | { readonly kind: 'broken'; readonly because: TransferFault }

/** How a transfer can go against RFC 5936 or RFC 1995, in words that fit after "because". */
export type TransferFault =
  | 'it is no answer'
  | 'it answers another question'
  | 'it has no records'
  | 'it does not begin with the SOA of the zone'
  | 'it ends with another serial than it began with'
  | 'records follow its end'

/** Where reading stands: before the first SOA, after it (IXFR may go either way), inside a part, or at the end. */
type State = 'first' | 'second' | TransferPart | 'done'

/** Reads one transfer from its messages, in order, and knows when it is whole. */
export class TransferReader {
  readonly #request: TransferRequest
  readonly #sink: TransferSink
  readonly #apex: Uint8Array
  readonly #owner = new Uint8Array(NAME_BYTES_MAX)
  #state: State = 'first'
  #serial = 0 as Serial
  #first: { readonly message: Uint8Array; readonly place: RecordPlace } | undefined

  constructor(request: TransferRequest, sink: TransferSink) {
    this.#request = request
    this.#sink = sink
    this.#apex = wireFromName(request.zone)
  }

  /** Takes the next message, without its TSIG; nothing means that more must come. */
  accept(message: Uint8Array): Result<Transfer | undefined, TransferProblem> {
    const reader = new WireReader(message)
    const header = this.#readHeader(reader)
    if (!header.ok) return header
    for (let index = 0; index < header.value; index++) {
      const place = placeRecord(reader)
      if (reader.problem !== undefined) return fail({ kind: 'malformed', because: reader.problem })
      const fault = this.#take(message, place)
      if (fault !== undefined) return fail({ kind: 'broken', because: fault })
    }
    if (this.#state === 'second' && this.#isUnchanged())
      return ok({ kind: 'unchanged', serial: this.#serial })
    // The message's bytes are the caller's again after this call, and the first record may still be needed.
    if (this.#first !== undefined) this.#first = { ...this.#first, message: new Uint8Array(message) }
    return ok(this.#state === 'done' ? { kind: this.#kind, serial: this.#serial } : undefined)
  }

  #kind: Transfer['kind'] = 'whole'

  #readHeader(reader: WireReader): Result<number, TransferProblem> {
    reader.take(2)
    const bits = reader.u16()
    const questions = reader.u16()
    const answers = reader.u16()
    reader.take(4)
    if (reader.problem !== undefined) return fail({ kind: 'malformed', because: reader.problem })
    if ((bits & 0x8000) === 0) return fail({ kind: 'broken', because: 'it is no answer' })
    if ((bits & 0xf) !== 0) return fail({ kind: 'rcode', rcode: rcodeFrom(bits & 0xf) })
    if (questions > 0 && !this.#isOurQuestion(reader, questions)) {
      return fail({ kind: 'broken', because: 'it answers another question' })
    }
    return answers > 0 ? ok(answers) : fail({ kind: 'broken', because: 'it has no records' })
  }

  #isOurQuestion(reader: WireReader, questions: number): boolean {
    const ours = questions === 1 && this.#isApex(reader.bytes, reader.at)
    reader.skipName()
    const type = reader.u16()
    reader.u16()
    return ours && type === (this.#request.kind === 'axfr' ? RECORD_TYPES.AXFR : RECORD_TYPES.IXFR)
  }

  #take(message: Uint8Array, place: RecordPlace): TransferFault | undefined {
    const isSoa = place.type === RECORD_TYPES.SOA && this.#isApex(message, place.ownerAt)
    switch (this.#state) {
      case 'first':
        if (!isSoa) return 'it does not begin with the SOA of the zone'
        this.#begin(message, place)
        break
      case 'second':
        return this.#takeSecond({ message, place, isSoa })
      case 'whole':
        if (isSoa) return this.#end(serialOf(message, place))
        this.#give('whole', message, place)
        break
      case 'deleted':
        this.#give(isSoa ? 'added' : 'deleted', message, place)
        break
      case 'added':
        if (isSoa && serialOf(message, place) === this.#serial) return this.#end(this.#serial)
        this.#give(isSoa ? 'deleted' : 'added', message, place)
        break
      case 'done':
        return 'records follow its end'
    }
    return undefined
  }

  #begin(message: Uint8Array, place: RecordPlace): void {
    this.#serial = serialOf(message, place)
    if (this.#request.kind === 'axfr') {
      this.#give('whole', message, place)
      return
    }
    this.#first = { message, place }
    this.#state = 'second'
  }

  #end(serial: Serial): TransferFault | undefined {
    this.#state = 'done'
    return serial === this.#serial ? undefined : 'it ends with another serial than it began with'
  }

  /** The record after the first SOA tells which kind of answer to an IXFR this is (RFC 1995 section 4). */
  #takeSecond(record: {
    message: Uint8Array
    place: RecordPlace
    isSoa: boolean
  }): TransferFault | undefined {
    const first = this.#first
    this.#first = undefined
    if (record.isSoa && serialOf(record.message, record.place) !== this.#serial) {
      this.#kind = 'changes'
      this.#give('deleted', record.message, record.place)
      return undefined
    }
    if (first !== undefined) this.#give('whole', first.message, first.place)
    return this.#take(record.message, record.place)
  }

  #give(part: TransferPart, message: Uint8Array, place: RecordPlace): void {
    this.#state = part
    this.#sink(message, place, part)
  }

  /** A lone SOA that is not newer than ours says that nothing changed; a newer one has more to come. */
  #isUnchanged(): boolean {
    return this.#request.kind === 'ixfr' && compareSerials(this.#request.since, this.#serial) !== 'before'
  }

  #isApex(message: Uint8Array, at: number): boolean {
    const length = new WireReader(message, at).copyName(this.#owner, 0)
    if (length !== this.#apex.length) return false
    lowerCaseName(this.#owner)
    return this.#apex.every((byte, index) => byte === this.#owner[index])
  }
}

function serialOf(message: Uint8Array, place: RecordPlace): Serial {
  const reader = new WireReader(message, place.rdataAt)
  reader.skipName()
  reader.skipName()
  return reader.u32() as Serial
}
