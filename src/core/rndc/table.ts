import { fail, ok, type Result } from '../base/index.ts'

const TYPE_BINARY = 1
const TYPE_TABLE = 2
const TYPE_LIST = 3
const KEY_BYTES_MAX = 255
/** The type and the length. */
const VALUE_HEAD_BYTES = 5
/** Deeper nesting than any message has; named's own have two levels. */
const DEPTH_MAX = 8

/** What a table holds: text and numbers are bytes too, in decimal where they are numbers. */
export type Value = Uint8Array | Table | readonly Value[]

/** The control channel's only structure: names and values, in the order of the wire. */
export type Table = ReadonlyMap<string, Value>

/** Why bytes are no table, in words that fit after "because". */
export type TableProblem =
  | 'it is cut off'
  | 'a value has an unknown type'
  | 'a name occurs twice'
  | 'it is nested too deeply'

/** Writes a table as BIND's lib/isccc does: a length byte and the name, a type byte, a 32-bit length, the value. */
export function encodeTable(table: Table): Uint8Array {
  const bytes = Buffer.allocUnsafe(encodedLength(table))
  writeTable(bytes, 0, table)
  return bytes
}

/** Bytes that `encodeTable` writes. */
export function encodedLength(table: Table): number {
  let length = 0
  for (const [name, value] of table) length += 1 + nameLength(name) + VALUE_HEAD_BYTES + contentLength(value)
  return length
}

/** Reads what `encodeTable` writes; the bytes must be one whole table. Values share the memory of `bytes`. */
export function decodeTable(bytes: Uint8Array): Result<Table, TableProblem> {
  return readTable(bytes, 0)
}

function nameLength(name: string): number {
  return Math.min(name.length, KEY_BYTES_MAX)
}

function contentLength(value: Value): number {
  if (value instanceof Uint8Array) return value.length
  if (value instanceof Map) return encodedLength(value as Table)
  const list = value as readonly Value[]
  return list.reduce<number>((sum, entry) => sum + VALUE_HEAD_BYTES + contentLength(entry), 0)
}

/** Gives where it ended, as the others do. */
function writeTable(bytes: Buffer, start: number, table: Table): number {
  let at = start
  for (const [name, value] of table) {
    const length = nameLength(name)
    bytes.writeUInt8(length, at)
    bytes.write(name, at + 1, length, 'latin1')
    at = writeValue(bytes, at + 1 + length, value)
  }
  return at
}

function writeValue(bytes: Buffer, start: number, value: Value): number {
  const isBinary = value instanceof Uint8Array
  const type = isBinary ? TYPE_BINARY : value instanceof Map ? TYPE_TABLE : TYPE_LIST
  bytes.writeUInt8(type, start)
  let at = bytes.writeUInt32BE(contentLength(value), start + 1)
  if (isBinary) {
    bytes.set(value, at)
    return at + value.length
  }
  if (value instanceof Map) return writeTable(bytes, at, value as Table)
  for (const entry of value as readonly Value[]) at = writeValue(bytes, at, entry)
  return at
}

function readTable(bytes: Uint8Array, depth: number): Result<Table, TableProblem> {
  const table = new Map<string, Value>()
  let at = 0
  while (at < bytes.length) {
    const valueAt = at + 1 + (bytes[at] as number)
    if (valueAt > bytes.length) return fail('it is cut off')
    const name = Buffer.from(bytes.buffer, bytes.byteOffset + at + 1, valueAt - at - 1).toString('latin1')
    if (table.has(name)) return fail('a name occurs twice')
    const read = readValue(bytes.subarray(valueAt), depth)
    if (!read.ok) return read
    table.set(name, read.value.value)
    at = valueAt + read.value.length
  }
  return ok(table)
}

function readList(bytes: Uint8Array, depth: number): Result<Value[], TableProblem> {
  const list: Value[] = []
  let at = 0
  while (at < bytes.length) {
    const read = readValue(bytes.subarray(at), depth)
    if (!read.ok) return read
    list.push(read.value.value)
    at += read.value.length
  }
  return ok(list)
}

/** Reads one value from the start of `bytes`, and says how many bytes it took. */
function readValue(bytes: Uint8Array, depth: number): Result<{ value: Value; length: number }, TableProblem> {
  if (bytes.length < VALUE_HEAD_BYTES) return fail('it is cut off')
  const length = VALUE_HEAD_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(1)
  if (length > bytes.length) return fail('it is cut off')
  const content = bytes.subarray(VALUE_HEAD_BYTES, length)
  if (bytes[0] === TYPE_BINARY) return ok({ value: content, length })
  if (depth === DEPTH_MAX) return fail('it is nested too deeply')
  if (bytes[0] !== TYPE_TABLE && bytes[0] !== TYPE_LIST) return fail('a value has an unknown type')
  const read = bytes[0] === TYPE_TABLE ? readTable(content, depth + 1) : readList(content, depth + 1)
  return read.ok ? ok({ value: read.value, length }) : read
}
