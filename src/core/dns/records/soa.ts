import { fail, ok, type Result, type Serial } from '../../base/index.ts'
import type { WireProblem } from '../wire-problem.ts'
import { WireReader } from '../wire-reader.ts'

/** What counts of an SOA record's data (RFC 1035 section 3.3.13). */
export type Soa = {
  readonly serial: Serial
  /** How long a copy is served without an answer from a primary, in seconds. */
  readonly expireS: number
}

/** The five numbers behind the two names. */
const NUMBERS_BYTES = 20
const EXPIRE_AT = 12

/** Reads the data of an SOA record, its names uncompressed. */
export function readSoa(rdata: Uint8Array): Result<Soa, WireProblem> {
  const at = numbersAt(rdata)
  if (at === undefined) return fail('a record is not what its type says')
  const view = viewOf(rdata)
  return ok({ serial: view.getUint32(at) as Serial, expireS: view.getUint32(at + EXPIRE_AT) })
}

/** The same data with another serial. */
export function withSerial(rdata: Uint8Array, serial: Serial): Result<Uint8Array, WireProblem> {
  const at = numbersAt(rdata)
  if (at === undefined) return fail('a record is not what its type says')
  const changed = rdata.slice()
  viewOf(changed).setUint32(at, serial)
  return ok(changed)
}

function numbersAt(rdata: Uint8Array): number | undefined {
  const reader = new WireReader(rdata)
  reader.skipName()
  reader.skipName()
  const isWhole = reader.problem === undefined && reader.at + NUMBERS_BYTES === rdata.length
  return isWhole ? reader.at : undefined
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
