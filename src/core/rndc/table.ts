import { fail, ok, type Result } from '../base/index.ts'

const TYPE_BINARY = 1
const TYPE_TABLE = 2
const TYPE_LIST = 3
const KEY_BYTES_MAX = 255
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
  return Buffer.concat(tableParts(table))
}

/** Reads what `encodeTable` writes; the bytes must be one whole table. Values share the memory of `bytes`. */
export function decodeTable(bytes: Uint8Array): Result<Table, TableProblem> {
  return readTable(bytes, 0)
}

function tableParts(table: Table): Uint8Array[] {
  return [...table].flatMap(([name, value]) => {
    const key = Buffer.from(name, 'latin1').subarray(0, KEY_BYTES_MAX)
    return [Uint8Array.of(key.length), key, ...valueParts(value)]
  })
}

function valueParts(value: Value): Uint8Array[] {
  if (value instanceof Uint8Array) return [valueHead(TYPE_BINARY, value.length), value]
  const isTable = value instanceof Map
  const parts = isTable ? tableParts(value as Table) : (value as readonly Value[]).flatMap(valueParts)
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return [valueHead(isTable ? TYPE_TABLE : TYPE_LIST, length), ...parts]
}

function valueHead(type: number, length: number): Uint8Array {
  const head = Buffer.alloc(5)
  head.writeUInt8(type, 0)
  head.writeUInt32BE(length, 1)
  return head
}

function readTable(bytes: Uint8Array, depth: number): Result<Table, TableProblem> {
  const table = new Map<string, Value>()
  let at = 0
  while (at < bytes.length) {
    const valueAt = at + 1 + (bytes[at] as number)
    if (valueAt > bytes.length) return fail('it is cut off')
    const name = Buffer.from(bytes.subarray(at + 1, valueAt)).toString('latin1')
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
  if (bytes.length < 5) return fail('it is cut off')
  const length = 5 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(1)
  if (length > bytes.length) return fail('it is cut off')
  const content = bytes.subarray(5, length)
  if (bytes[0] === TYPE_BINARY) return ok({ value: content, length })
  if (depth === DEPTH_MAX) return fail('it is nested too deeply')
  if (bytes[0] !== TYPE_TABLE && bytes[0] !== TYPE_LIST) return fail('a value has an unknown type')
  const read = bytes[0] === TYPE_TABLE ? readTable(content, depth + 1) : readList(content, depth + 1)
  return read.ok ? ok({ value: read.value, length }) : read
}
