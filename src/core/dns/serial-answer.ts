import { fail, ok, type Result, type Serial } from '../base/index.ts'
import { type Rcode, rcodeFrom } from './rcode.ts'
import { placeRecord } from './records/record-place.ts'
import { RECORD_TYPES } from './records/record-type.ts'
import type { WireProblem } from './wire-problem.ts'
import { WireReader } from './wire-reader.ts'

const HEADER_BYTES = 12
const RESPONSE = 0x8000
const AUTHORITATIVE = 0x0400
const TRUNCATED = 0x0200
const RECURSION_AVAILABLE = 0x0080

/** Why an answer to a question for an SOA gives no serial. */
export type SerialProblem =
  | { readonly kind: 'malformed'; readonly because: WireProblem }
  | { readonly kind: 'other-question' }
  | { readonly kind: 'rcode'; readonly rcode: Rcode }
  | { readonly kind: 'not-authoritative' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'no-data' }

/**
 * The serial in the answer to one SOA question, read in place: this is what asking for thousands of zones spends its time
 * on. The answer must be to that question (compared as bytes; named echoes it as it came), authoritative, and NOERROR.
 */
export function readSerialAnswer(answer: Uint8Array, request: Uint8Array): Result<Serial, SerialProblem> {
  const reader = new WireReader(answer)
  reader.take(2)
  const bits = reader.u16()
  const questions = reader.u16()
  const answers = reader.u16()
  if ((bits & RESPONSE) === 0) return fail({ kind: 'other-question' })
  const rcode = rcodeFrom(bits & 0xf)
  // named leaves the question out of some errors, FORMERR for one.
  const echoed = questions === 1 && sameQuestion(answer, request)
  if (!echoed && (questions > 0 || rcode === 'NOERROR')) return fail({ kind: 'other-question' })
  if (rcode !== 'NOERROR') return fail({ kind: 'rcode', rcode })
  if ((bits & TRUNCATED) !== 0) return fail({ kind: 'truncated' })
  if ((bits & AUTHORITATIVE) === 0) return fail({ kind: 'not-authoritative' })
  reader.at = request.length
  for (let index = 0; index < answers; index++) {
    const record = placeRecord(reader)
    if (reader.problem !== undefined) return fail({ kind: 'malformed', because: reader.problem })
    if (record.type === RECORD_TYPES.SOA) return serialIn(answer, record.rdataAt)
  }
  return fail({ kind: 'no-data' })
}

/** Whether an answer says that its server would look elsewhere for us (RFC 1035 section 4.1.1, RA). */
export function offersRecursion(answer: Uint8Array): boolean {
  const reader = new WireReader(answer, 2)
  return (reader.u16() & RECURSION_AVAILABLE) !== 0
}

/** `request` is a header and one question, nothing else. */
function sameQuestion(answer: Uint8Array, request: Uint8Array): boolean {
  if (answer.length < request.length) return false
  for (let at = HEADER_BYTES; at < request.length; at++) if (answer[at] !== request[at]) return false
  return true
}

function serialIn(message: Uint8Array, rdataAt: number): Result<Serial, SerialProblem> {
  const reader = new WireReader(message, rdataAt)
  reader.skipName()
  reader.skipName()
  const serial = reader.u32()
  return reader.problem === undefined
    ? ok(serial as Serial)
    : fail({ kind: 'malformed', because: reader.problem })
}
