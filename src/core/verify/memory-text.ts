import { type Instant, isObject, parseJson, type Serial, serialFrom } from '../base/index.ts'
import { MEMORY_NONE, type VerifiedMemory, type VerifiedSet, type VerifiedZone } from './memory.ts'

const VERSION = 1
/** SHA-384 in hexadecimal. */
const DIGEST = /^[0-9a-f]{96}$/

/** The memory as it is kept on disk: one JSON document with a version, for one fleet. */
export function printMemory(fleet: string, memory: VerifiedMemory): string {
  const sets = mapValues(memory, ({ active, term, zones }) => ({
    active,
    term,
    zones: mapValues(zones, ({ serial, digest, copies }) => ({
      serial,
      digest,
      copies: Object.fromEntries(copies),
    })),
  }))
  return `${JSON.stringify({ version: VERSION, fleet, sets })}\n`
}

/**
 * Reads it back. A text of another version or fleet, or that is not wholly as `printMemory` writes it, is remembered as
 * nothing: the price of forgetting is a transfer, that of believing too much a difference unseen.
 */
export function parseMemory(fleet: string, text: string): VerifiedMemory {
  const document = parseJson(text)
  if (!isObject(document) || document['version'] !== VERSION || document['fleet'] !== fleet)
    return MEMORY_NONE
  return readMap(document['sets'], readSet) ?? MEMORY_NONE
}

function readSet(value: unknown): VerifiedSet | undefined {
  if (!isObject(value)) return undefined
  const { active, term } = value
  const zones = readMap(value['zones'], readZone)
  if (typeof active !== 'string' || !isCount(term) || zones === undefined) return undefined
  return { active, term, zones }
}

function readZone(value: unknown): VerifiedZone | undefined {
  if (!isObject(value)) return undefined
  const { digest } = value
  const serial = readSerial(value['serial'])
  const copies = readMap(value['copies'], readInstant)
  if (serial === undefined || typeof digest !== 'string' || !DIGEST.test(digest)) return undefined
  return copies === undefined ? undefined : { serial, digest, copies }
}

function readSerial(value: unknown): Serial | undefined {
  return typeof value === 'number' ? serialFrom(value) : undefined
}

function readInstant(value: unknown): Instant | undefined {
  return isCount(value) ? value : undefined
}

/** Nothing when any member of it is not as it should be. */
function readMap<Value>(
  value: unknown,
  read: (member: unknown) => Value | undefined,
): ReadonlyMap<string, Value> | undefined {
  if (!isObject(value)) return undefined
  const map = new Map<string, Value>()
  for (const [name, member] of Object.entries(value)) {
    const result = read(member)
    if (result === undefined) return undefined
    map.set(name, result)
  }
  return map
}

function mapValues<Value, Result>(
  map: ReadonlyMap<string, Value>,
  change: (value: Value) => Result,
): Readonly<Record<string, Result>> {
  return Object.fromEntries([...map].map(([name, value]) => [name, change(value)]))
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
