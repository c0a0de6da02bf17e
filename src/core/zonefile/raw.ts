import type { Serial } from '../base/index.ts'
import { cutShort, type HeadSerial, type ZoneFileHead } from './zone-file-head.ts'

const FORMAT_RAW = 2
const VERSION_MAX = 1
/** Format, version and dump time; from version 1 on also flags, source serial and last transfer. */
const HEADER_BYTES = [12, 24] as const
/** Total length, class, type, covered type, TTL, number of records, length of the owner name. */
const RECORD_SET_HEADER_BYTES = 20
const TYPE_SOA = 6
/** Refresh, retry, expire and minimum, which follow the serial at the end of the SOA (RFC 1035 section 3.3.13). */
const AFTER_SERIAL_BYTES = 16
const SERIAL_BYTES = 4

/** Whether a file begins as `masterfile-format raw` does. No text zone file begins with a zero byte. */
export function isRaw(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && viewOf(bytes).getUint32(0) === FORMAT_RAW
}

/**
 * The serial in the head of a raw zone file (`lib/dns/include/dns/master.h`). The SOA is not always the first record
 * set: named writes those of the apex in the order of its database, so NS, DNSKEY and signatures may come before it.
 */
export function readRawSerial(head: ZoneFileHead): HeadSerial {
  const { bytes } = head
  if (bytes.length >= 4 && !isRaw(bytes)) return { kind: 'malformed', because: 'it is not in raw format' }
  if (bytes.length < 8) return cutShort(head, 'it ends within its header')
  const view = viewOf(bytes)
  const version = view.getUint32(4)
  const headerBytes = HEADER_BYTES[version]
  if (headerBytes === undefined)
    return { kind: 'malformed', because: `its raw format has version ${version}, over ${VERSION_MAX}` }
  for (let at = headerBytes; at + RECORD_SET_HEADER_BYTES <= bytes.length; ) {
    const length = view.getUint32(at)
    if (length < RECORD_SET_HEADER_BYTES)
      return { kind: 'malformed', because: `the record set at byte ${at} has an impossible length` }
    if (view.getUint16(at + 6) === TYPE_SOA) return readSoa(head, at)
    at += length
  }
  return cutShort(head, 'it has no SOA record')
}

function readSoa(head: ZoneFileHead, at: number): HeadSerial {
  const view = viewOf(head.bytes)
  const rdataAt = at + RECORD_SET_HEADER_BYTES + view.getUint16(at + 18)
  if (rdataAt + 2 > head.bytes.length) return cutShort(head, 'it ends within its SOA record')
  const serialAt = rdataAt + 2 + view.getUint16(rdataAt) - AFTER_SERIAL_BYTES - SERIAL_BYTES
  if (serialAt <= rdataAt) return { kind: 'malformed', because: 'its SOA record is too short' }
  if (serialAt + SERIAL_BYTES > head.bytes.length) return cutShort(head, 'it ends within its SOA record')
  return { kind: 'serial', serial: view.getUint32(serialAt) as Serial }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
