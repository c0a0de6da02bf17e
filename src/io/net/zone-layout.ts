import { type Serial, serialFrom } from '../../core/base/index.ts'
import { ExpectedBytes } from './expected-bytes.ts'
import { JsonToken } from './json-token.ts'
import { SECONDS_LENGTH, TimestampReader } from './timestamp.ts'

/** No zone that is read here is longer: seven members, and a name of at most 253 bytes. */
const ZONE_BYTES_MAX = 640
const NAME_BYTES_MAX = 253
const SERIAL_DIGITS_MAX = 10
const QUOTE = 0x22
const BACKSLASH = 0x5c
const ZERO = 0x30

const BEFORE_NAME = inLines('{', '"name":"')
const BEFORE_SERIAL = inLines('",', '"class":"IN",', '"serial":')
const BEFORE_TYPE = inLines(',', '"type":"')
const PRIMARY = inLines('primary",', '"loaded":"')
const SECONDARY = inLines('secondary",', '"loaded":"')
const BEFORE_EXPIRES = inLines('Z",', '"expires":"')
const BEFORE_REFRESH = inLines('Z",', '"refresh":"')
const AT_END = new ExpectedBytes('Z"\n        }')

function inLines(...lines: readonly string[]): ExpectedBytes {
  return new ExpectedBytes(lines.join('\n          '))
}

/**
 * Reads zones where named lays them out as json-c prints prettily and 9.18 orders its members: loaded ones of class IN,
 * primary or secondary, without counters (`zone-statistics full`, signatures). All that stands between the values is known beforehand then and is only compared, which takes a fifth of
 * the time of taking JSON apart. What is laid out otherwise is left to whoever reads any JSON.
 */
export class ZoneLayout {
  type: 'primary' | 'secondary' = 'primary'
  serial: Serial | undefined
  /** NaN where there is none: numbers alone, because a number that may be missing is an object each time. */
  loadTime = Number.NaN
  expires = Number.NaN
  refresh = Number.NaN
  /** Whether the zone has the name that was guessed; otherwise it is `name`. */
  guessed = false
  readonly name = new JsonToken()
  /** One for each member, because a reader is quick with the day it read last. */
  readonly #loadTimes = new TimestampReader()
  readonly #expiries = new TimestampReader()
  readonly #refreshes = new TimestampReader()
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(this.#bytes.buffer)

  /** Where the zone ends that starts here; nothing when it is laid out otherwise, or may not have come whole. */
  read(bytes: Buffer, start: number, guess: string | undefined): number | undefined {
    if (bytes.length - start < ZONE_BYTES_MAX) return undefined
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    }
    const nameEnd = this.#readName(this.#past(BEFORE_NAME, start), guess)
    const serialEnd = this.#readSerial(this.#past(BEFORE_SERIAL, nameEnd))
    const type = this.#past(BEFORE_TYPE, serialEnd)
    return this.#past(AT_END, this.#readPrimary(type) ?? this.#readSecondary(type))
  }

  /** Where what is expected ends, when it stands there. */
  #past(expected: ExpectedBytes, start: number | undefined): number | undefined {
    if (start === undefined || !expected.standAt(this.#view, start)) return undefined
    return start + expected.length
  }

  #readName(start: number | undefined, guess: string | undefined): number | undefined {
    if (start === undefined) return undefined
    const end = guess === undefined ? start : start + this.#spelt(start, guess)
    this.guessed = end > start && this.#bytes[end] === QUOTE
    return this.guessed ? end : this.#readOtherName(start)
  }

  /** How many bytes the name has, when it stands there and none of them needs an escape; otherwise none. */
  #spelt(start: number, name: string): number {
    const bytes = this.#bytes
    for (let at = 0; at < name.length; at++) {
      const byte = bytes[start + at]
      if (byte === BACKSLASH || byte !== name.charCodeAt(at)) return 0
    }
    return name.length
  }

  /** A name with escapes is none that can be compared where it stands. */
  #readOtherName(start: number): number {
    const bytes = this.#bytes
    const endMax = start + NAME_BYTES_MAX
    let end = start
    while (end < endMax && bytes[end] !== QUOTE && bytes[end] !== BACKSLASH) end++
    this.name.bytes = bytes
    this.name.start = start
    this.name.end = end
    return end
  }

  #readSerial(start: number | undefined): number | undefined {
    if (start === undefined) return undefined
    const bytes = this.#bytes
    const endMax = start + SERIAL_DIGITS_MAX
    let number = 0
    let end = start
    for (; end < endMax; end++) {
      const digit = (bytes[end] as number) - ZERO
      if (digit < 0 || digit > 9) break
      number = number * 10 + digit
    }
    this.serial = serialFrom(number)
    // JSON has no number that begins with a nought.
    const proper = end > start && (bytes[start] !== ZERO || end - start === 1)
    return proper && this.serial !== undefined ? end : undefined
  }

  #readPrimary(start: number | undefined): number | undefined {
    const loaded = this.#past(PRIMARY, start)
    if (loaded === undefined) return undefined
    this.type = 'primary'
    this.loadTime = this.#loadTimes.readSeconds(this.#bytes, loaded)
    this.expires = Number.NaN
    this.refresh = Number.NaN
    return Number.isNaN(this.loadTime) ? undefined : loaded + SECONDS_LENGTH
  }

  #readSecondary(start: number | undefined): number | undefined {
    const loaded = this.#past(SECONDARY, start)
    if (loaded === undefined) return undefined
    const expires = this.#past(BEFORE_EXPIRES, loaded + SECONDS_LENGTH)
    if (expires === undefined) return undefined
    const refresh = this.#past(BEFORE_REFRESH, expires + SECONDS_LENGTH)
    if (refresh === undefined) return undefined
    this.type = 'secondary'
    this.loadTime = this.#loadTimes.readSeconds(this.#bytes, loaded)
    this.expires = this.#expiries.readSeconds(this.#bytes, expires)
    this.refresh = this.#refreshes.readSeconds(this.#bytes, refresh)
    return Number.isNaN(this.loadTime + this.expires + this.refresh) ? undefined : refresh + SECONDS_LENGTH
  }
}
