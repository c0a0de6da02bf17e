import { WireReader } from '../wire-reader.ts'
import { type RdataField, rdataLayout } from './rdata-layout.ts'
import { printRecordType, type RecordType } from './record-type.ts'

/**
 * Record data as a zone file has it, in one line, names absolute with their final dot; RFC 3597 section 5 `\# n hex` for
 * types without a layout and for data that is not what its type says. For showing differences.
 */
export function printRdata(type: RecordType, rdata: Uint8Array): string {
  const layout = rdataLayout(type)
  if (layout === undefined) return printGeneric(rdata)
  const reader = new WireReader(rdata)
  const parts = layout.map(field => printField(reader, field))
  const whole = reader.problem === undefined && reader.at === rdata.length && rdata.length > 0
  return whole ? parts.join(' ') : printGeneric(rdata)
}

function printGeneric(rdata: Uint8Array): string {
  return ['\\#', rdata.length, ...(rdata.length > 0 ? [hex(rdata)] : [])].join(' ')
}

function printField(reader: WireReader, field: RdataField): string {
  switch (field) {
    case 'u8':
      return String(reader.u8())
    case 'u16':
      return String(reader.u16())
    case 'u32':
      return String(reader.u32())
    case 'type':
      return printRecordType(reader.u16())
    case 'time':
      return printTime(reader.u32())
    case 'ipv4':
      return reader.take(4).join('.')
    case 'ipv6':
      return printIpv6(reader.take(16))
    case 'name':
    case 'exact-name':
      return printName(reader)
    case 'tag':
      return Buffer.from(reader.take(reader.u8())).toString('latin1')
    case 'string':
      return quote(reader.take(reader.u8()))
    case 'strings':
      return printStrings(reader)
    case 'salt':
      return hex(reader.take(reader.u8())) || '-'
    case 'hash':
      return base32(reader.take(reader.u8()))
    case 'hex':
      return hex(rest(reader))
    case 'base64':
      return Buffer.from(rest(reader)).toString('base64')
    case 'text':
      return quote(rest(reader))
    case 'types':
      return printTypes(reader)
  }
}

function rest(reader: WireReader): Uint8Array {
  return reader.take(reader.bytes.length - reader.at)
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase()
}

function printName(reader: WireReader): string {
  const name = reader.name()
  return name === '.' ? name : `${name}.`
}

/** RFC 4034 section 3.2: YYYYMMDDHHmmSS in UTC. */
function printTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replaceAll(/[-:T]|\.\d+Z$/g, '')
}

function printStrings(reader: WireReader): string {
  const strings: string[] = []
  while (reader.at < reader.bytes.length) strings.push(quote(reader.take(reader.u8())))
  return strings.join(' ')
}

/** RFC 1035 section 5.1, bytes that are not printable as `\DDD`. */
function quote(bytes: Uint8Array): string {
  const characters = Array.from(bytes, byte => {
    if (byte < 0x20 || byte > 0x7e) return `\\${String(byte).padStart(3, '0')}`
    const character = String.fromCharCode(byte)
    return character === '"' || character === '\\' ? `\\${character}` : character
  })
  return `"${characters.join('')}"`
}

/** RFC 5952: the longest run of two or more zero groups, the first of equals, becomes `::`. */
function printIpv6(bytes: Uint8Array): string {
  const groups = Array.from(
    { length: 8 },
    (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0),
  )
  const text = groups.map(group => group.toString(16)).join(':')
  const runs = text.match(/\b0(?::0)+\b/g) ?? []
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  if (longest === '') return text
  const at = text.indexOf(longest)
  return `${text.slice(0, at).replace(/:$/, '')}::${text.slice(at + longest.length).replace(/^:/, '')}`
}

const BASE32_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUV'

/** Base 32 with the extended hex alphabet and no padding (RFC 5155 section 3.3). */
function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, byte => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map(group => BASE32_DIGITS[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

/** RFC 4034 section 4.1.2: windows of 256 types, each with a bitmap of up to 32 bytes. */
function printTypes(reader: WireReader): string {
  const types: string[] = []
  while (reader.at < reader.bytes.length) {
    const window = reader.u8()
    const bitmap = reader.take(reader.u8())
    for (let bit = 0; bit < bitmap.length * 8; bit++) {
      if (((bitmap[bit >> 3] as number) & (0x80 >> (bit & 7))) !== 0)
        types.push(printRecordType(window * 256 + bit))
    }
  }
  return types.join(' ')
}
