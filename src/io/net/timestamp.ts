import type { JsonToken } from './json-token.ts'

const ZERO = 0x30
/** `2026-11-22T15:06:43`, before a fraction that does not matter and the `Z`. */
export const SECONDS_LENGTH = 19
/** `2026-11-` */
const MONTH_LENGTH = 8
const DASH = 0x2d
const COLON = 0x3a
const TEE = 0x54
const ZULU = 0x5a

const HOUR_S = 3600
const MINUTE_S = 60

/**
 * Reads instants as named writes them into its statistics, where they stand, because there are three in every zone; to
 * the second. Nearly all fall on the day of the one before, which is then compared and not reckoned again.
 */
export class TimestampReader {
  #bytes: Buffer = Buffer.alloc(0)
  #view = new DataView(this.#bytes.buffer)
  /** The first eight bytes of the date and its last two, as numbers: two comparisons instead of ten. */
  #month = Number.NaN
  #day = Number.NaN
  #dateStart = Number.NaN

  /** NaN for the epoch, with which named says "never", and for everything that is no such instant. */
  read({ bytes, start, end }: JsonToken): number {
    if (end - start <= SECONDS_LENGTH || bytes[end - 1] !== ZULU) return Number.NaN
    return this.readSeconds(bytes, start)
  }

  /** The same of the part before a fraction and the `Z`; the bytes must reach as far. */
  readSeconds(bytes: Buffer, start: number): number {
    if (bytes[start + 10] !== TEE || bytes[start + 13] !== COLON || bytes[start + 16] !== COLON)
      return Number.NaN
    const hours = twoDigits(bytes, start + 11)
    const minutes = twoDigits(bytes, start + 14)
    const seconds = twoDigits(bytes, start + 17)
    const instant = this.#startOfDay(bytes, start) + (hours * HOUR_S + minutes * MINUTE_S + seconds) * 1000
    return instant === 0 ? Number.NaN : instant
  }

  #startOfDay(bytes: Buffer, start: number): number {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    }
    const month = this.#view.getFloat64(start)
    const day = this.#view.getUint16(start + MONTH_LENGTH)
    if (month === this.#month && day === this.#day) return this.#dateStart
    this.#month = month
    this.#day = day
    this.#dateStart = startOfDay(bytes, start)
    return this.#dateStart
  }
}

function startOfDay(bytes: Uint8Array, start: number): number {
  if (bytes[start + 4] !== DASH || bytes[start + 7] !== DASH) return Number.NaN
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2)
  const month = twoDigits(bytes, start + 5)
  return Date.UTC(year, month - 1, twoDigits(bytes, start + 8))
}

/** The number that two digits make, or NaN. */
function twoDigits(bytes: Uint8Array, start: number): number {
  const tens = (bytes[start] as number) - ZERO
  const ones = (bytes[start + 1] as number) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}
