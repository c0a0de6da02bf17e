import { fail, ok, type Result, type Serial } from '../../base/index.ts'
import type { WireProblem } from '../wire-problem.ts'
import { WireReader } from '../wire-reader.ts'
import { WireWriter } from '../wire-writer.ts'

const STRING_BYTES_MAX = 255
const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

/** The serial in the data of an SOA record (RFC 1035 section 3.3.13), its names still uncompressed. */
export function readSoaSerial(rdata: Uint8Array): Result<Serial, WireProblem> {
  const reader = new WireReader(rdata)
  reader.skipName()
  reader.skipName()
  const serial = reader.u32()
  return reader.problem === undefined ? ok(serial as Serial) : fail(reader.problem)
}

/** The strings of a TXT record (RFC 1035 section 3.3.14), read as UTF-8. */
export function readTxt(rdata: Uint8Array): Result<readonly string[], WireProblem> {
  const reader = new WireReader(rdata)
  const strings: string[] = []
  while (reader.at < rdata.length) strings.push(new TextDecoder().decode(reader.take(reader.u8())))
  if (reader.problem !== undefined) return fail(reader.problem)
  return strings.length > 0 ? ok(strings) : fail('a record is not what its type says')
}

/** The data of a TXT record; each string is at most 255 bytes of UTF-8. */
export function writeTxt(strings: readonly string[]): Result<Uint8Array, WireProblem> {
  const writer = new WireWriter()
  for (const string of strings) {
    const bytes = new TextEncoder().encode(string)
    if (bytes.length > STRING_BYTES_MAX) return fail('a text string is over 255 bytes')
    writer.u8(bytes.length).bytes(bytes)
  }
  return strings.length > 0 ? ok(writer.written()) : fail('a record is not what its type says')
}

/** The data of an A record, from an address in dotted decimal. */
export function writeIpv4(address: string): Result<Uint8Array, WireProblem> {
  const parts = IPV4.exec(address)?.slice(1).map(Number) ?? []
  const right = parts.length === 4 && parts.every(part => part <= 255)
  return right ? ok(Uint8Array.from(parts)) : fail('a record is not what its type says')
}
