import { fail, ok, type Result } from '../../base/index.ts'
import { RECORD_CLASSES } from '../records/record-class.ts'
import { RECORD_TYPES } from '../records/record-type.ts'
import type { WireProblem } from '../wire-problem.ts'
import { WireReader } from '../wire-reader.ts'
import { WireWriter } from '../wire-writer.ts'
import type { Tsig } from './tsig.ts'

const HEADER_BYTES = 12
const ADDITIONAL_COUNT_AT = 10

/** A message taken apart: itself as it was before its TSIG record was added, and that record, where it has one. */
export type Unsigned = { readonly bare: Uint8Array; readonly tsig: Tsig | undefined }

/** Adds a TSIG record to the end of a message. */
export function appendTsig(bare: Uint8Array, tsig: Tsig): Uint8Array {
  const rdata = new WireWriter()
    .name(tsig.algorithmName)
    .u48(tsig.timeSigned)
    .u16(tsig.fudgeS)
    .u16(tsig.mac.length)
    .bytes(tsig.mac)
    .u16(tsig.originalId)
    .u16(tsig.error)
    .u16(tsig.other.length)
    .bytes(tsig.other)
    .written()
  const signed = new WireWriter()
    .bytes(bare)
    .name(tsig.keyName)
    .u16(RECORD_TYPES.TSIG)
    .u16(RECORD_CLASSES.ANY)
    .u32(0)
    .u16(rdata.length)
    .bytes(rdata)
    .written()
  return withAdditionalCount(signed, additionalCount(bare) + 1)
}

/**
 * Takes the TSIG record off the end of a message (RFC 8945 section 5.2). The last additional record alone may be one;
 * a TSIG anywhere else makes the message malformed.
 */
export function takeTsig(message: Uint8Array): Result<Unsigned, WireProblem> {
  const reader = new WireReader(message, 4)
  const questions = reader.u16()
  const records = reader.u16() + reader.u16() + reader.u16()
  for (let question = 0; question < questions && reader.problem === undefined; question++) {
    reader.skipName()
    reader.take(4)
  }
  for (let record = 1; record <= records && reader.problem === undefined; record++) {
    const start = reader.at
    reader.skipName()
    const isTsig = reader.u16() === RECORD_TYPES.TSIG
    if (isTsig && (record < records || additionalCount(message) === 0))
      return fail('a record is not what its type says')
    if (isTsig) return readTsig(message, start)
    reader.take(6)
    reader.take(reader.u16())
  }
  return reader.problem === undefined ? ok({ bare: message, tsig: undefined }) : fail(reader.problem)
}

function readTsig(message: Uint8Array, start: number): Result<Unsigned, WireProblem> {
  const reader = new WireReader(message, start)
  const keyName = reader.name()
  reader.take(8)
  const length = reader.u16()
  const end = reader.at + length
  const tsig: Tsig = {
    keyName,
    algorithmName: reader.name(),
    timeSigned: reader.u48(),
    fudgeS: reader.u16(),
    mac: reader.take(reader.u16()),
    originalId: reader.u16(),
    error: reader.u16(),
    other: reader.take(reader.u16()),
  }
  if (reader.problem !== undefined) return fail(reader.problem)
  if (reader.at !== end) return fail('record data and its length disagree')
  if (end !== message.length) return fail('bytes follow the last record')
  // Not slice(): of a Buffer that is no copy.
  const bare = withAdditionalCount(new Uint8Array(message.subarray(0, start)), additionalCount(message) - 1)
  bare[0] = tsig.originalId >>> 8
  bare[1] = tsig.originalId
  return ok({ bare, tsig })
}

function additionalCount(message: Uint8Array): number {
  return message.length < HEADER_BYTES ? 0 : new WireReader(message, ADDITIONAL_COUNT_AT).u16()
}

function withAdditionalCount(message: Uint8Array, count: number): Uint8Array {
  message[ADDITIONAL_COUNT_AT] = count >>> 8
  message[ADDITIONAL_COUNT_AT + 1] = count
  return message
}
