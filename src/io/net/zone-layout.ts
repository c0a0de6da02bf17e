import { type Instant, type Serial, serialFrom } from '../../core/base/index.ts'
import { ExpectedBytes } from './expected-bytes.ts'
import { JsonToken } from './json-token.ts'
import { TimestampReader } from './timestamp.ts'

/** No zone that is read here is longer: seven members, and a name of at most 253 bytes. */
const ZONE_BYTES_MAX = 640
const NAME_BYTES_MAX = 253
const SERIAL_DIGITS_MAX = 10
const TIMESTAMP_BYTES = '2026-11-22T15:06:43Z'.length
const QUOTE = 0x22
const BACKSLASH = 0x5c
const ZERO = 0x30

const BEFORE_NAME = inLines('{', '"name":"')
const BEFORE_SERIAL = inLines('",', '"class":"IN",', '"serial":')
const BEFORE_TYPE = inLines(',', '"type":"')
const PRIMARY = inLines('primary",', '"loaded":"')
const SECONDARY = inLines('secondary",', '"loaded":"')
const BEFORE_EXPIRES = inLines('",', '"expires":"')
const BEFORE_REFRESH = inLines('",', '"refresh":"')
const AT_END = new ExpectedBytes('"\n        }')

function inLines(...lines: readonly string[]): ExpectedBytes {
  return new ExpectedBytes(lines.join('\n          '))
}

/**
 * Reads zones where named lays them out as json-c prints prettily and 9.18 orders its members: loaded ones of class IN,
 * primary or secondary, without counters (`zone-statistics full`, signatures). All that stands between the values is known beforehand then and is only compared, which takes a fifth of
 * the time of taking JSON apart. What is laid out otherwise is left to whoever reads any JSON.
 */
export class ZoneLayout {
  readonly name = new JsonToken()
  type: 'primary' | 'secondary' = 'primary'
  serial: Serial | undefined
  loadTime: Instant | undefined
  expires: Instant | undefined
  refresh: Instant | undefined
  /** One for each member, because a reader is quick with the day it read last. */
  readonly #loadTimes = new TimestampReader()
  readonly #expiries = new TimestampReader()
  readonly #refreshes = new TimestampReader()
  readonly #timestamp = new JsonToken()
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(this.#bytes.buffer)

  /** Where the zone ends that starts here; nothing when it is laid out otherwise, or may not have come whole. */
  read(bytes: Buffer, start: number): number | undefined {
    if (bytes.length - start < ZONE_BYTES_MAX) return undefined
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    }
    const nameEnd = this.#readName(this.#past(BEFORE_NAME, start))
    const serialEnd = this.#readSerial(this.#past(BEFORE_SERIAL, nameEnd))
    const type = this.#past(BEFORE_TYPE, serialEnd)
    return this.#past(AT_END, this.#readPrimary(type) ?? this.#readSecondary(type))
  }

  /** Where what is expected ends, when it stands there. */
  #past(expected: ExpectedBytes, start: number | undefined): number | undefined {
    if (start === undefined || !expected.standAt(this.#view, start)) return undefined
    return start + expected.length
  }

  /** A name with escapes is none that can be compared where it stands. */
  #readName(start: number | undefined): number | undefined {
    if (start === undefined) return undefined
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
    this.type = 'primary'
    this.loadTime = this.#instantAt(loaded, this.#loadTimes)
    this.expires = undefined
    this.refresh = undefined
    return endOf(loaded, this.loadTime)
  }

  #readSecondary(start: number | undefined): number | undefined {
    const loaded = this.#past(SECONDARY, start)
    this.type = 'secondary'
    this.loadTime = this.#instantAt(loaded, this.#loadTimes)
    const expires = this.#past(BEFORE_EXPIRES, endOf(loaded, this.loadTime))
    this.expires = this.#instantAt(expires, this.#expiries)
    const refresh = this.#past(BEFORE_REFRESH, endOf(expires, this.expires))
    this.refresh = this.#instantAt(refresh, this.#refreshes)
    return endOf(refresh, this.refresh)
  }

  #instantAt(start: number | undefined, timestamps: TimestampReader): Instant | undefined {
    if (start === undefined) return undefined
    this.#timestamp.bytes = this.#bytes
    this.#timestamp.start = start
    this.#timestamp.end = start + TIMESTAMP_BYTES
    return timestamps.read(this.#timestamp)
  }
}

function endOf(start: number | undefined, instant: Instant | undefined): number | undefined {
  return start === undefined || instant === undefined ? undefined : start + TIMESTAMP_BYTES
}
