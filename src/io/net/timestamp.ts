import type { Instant } from '../../core/base/index.ts'
import type { JsonToken } from './json-token.ts'

const ZERO = 0x30
/** `2026-11-22T15:06:43`, before a fraction that does not matter and the `Z`. */
const SECONDS_LENGTH = 19
const DASH = 0x2d
const COLON = 0x3a
const TEE = 0x54
const ZULU = 0x5a

const HOUR_S = 3600
const MINUTE_S = 60

/**
 * Reads instants as named writes them into its statistics, where they stand, because there are three in every zone; to
 * the second. Nearly all fall on the day of the one before, which is then not reckoned again.
 */
export class TimestampReader {
  #day = Number.NaN
  #dayStart = Number.NaN

  /** Nothing for the epoch, with which named says "never", and for everything that is no such instant. */
  read({ bytes, start, end }: JsonToken): Instant | undefined {
    if (end - start <= SECONDS_LENGTH || bytes[end - 1] !== ZULU) return undefined
    if (bytes[start + 4] !== DASH || bytes[start + 7] !== DASH || bytes[start + 10] !== TEE) return undefined
    if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return undefined
    const seconds =
      digits(bytes, start + 11, 2) * HOUR_S +
      digits(bytes, start + 14, 2) * MINUTE_S +
      digits(bytes, start + 17, 2)
    const instant = this.#startOfDay(bytes, start) + seconds * 1000
    return Number.isNaN(instant) || instant === 0 ? undefined : instant
  }

  #startOfDay(bytes: Uint8Array, start: number): Instant {
    const year = digits(bytes, start, 4)
    const month = digits(bytes, start + 5, 2)
    const date = digits(bytes, start + 8, 2)
    const day = (year * 100 + month) * 100 + date
    if (day !== this.#day) {
      this.#day = day
      this.#dayStart = Date.UTC(year, month - 1, date)
    }
    return this.#dayStart
  }
}

/** The number that `count` digits make, or NaN. */
function digits(bytes: Uint8Array, start: number, count: number): number {
  let number = 0
  for (let at = start; at < start + count; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit < 0 || digit > 9) return Number.NaN
    number = number * 10 + digit
  }
  return number
}
