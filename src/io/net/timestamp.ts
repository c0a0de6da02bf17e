import type { Instant } from '../../core/base/index.ts'
import type { JsonToken } from './json-token.ts'

const ZERO = 0x30
/** `2026-11-22T15:06:43`, before a fraction that does not matter and the `Z`. */
const SECONDS_LENGTH = 19
const DATE_LENGTH = 10
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
  readonly #date = new Uint8Array(DATE_LENGTH)
  #dateStart = Number.NaN

  /** Nothing for the epoch, with which named says "never", and for everything that is no such instant. */
  read({ bytes, start, end }: JsonToken): Instant | undefined {
    if (end - start <= SECONDS_LENGTH || bytes[end - 1] !== ZULU) return undefined
    if (bytes[start + 10] !== TEE || bytes[start + 13] !== COLON || bytes[start + 16] !== COLON)
      return undefined
    const hours = twoDigits(bytes, start + 11)
    const minutes = twoDigits(bytes, start + 14)
    const seconds = twoDigits(bytes, start + 17)
    const instant = this.#startOfDay(bytes, start) + (hours * HOUR_S + minutes * MINUTE_S + seconds) * 1000
    return Number.isNaN(instant) || instant === 0 ? undefined : instant
  }

  #startOfDay(bytes: Uint8Array, start: number): Instant {
    // From its end, where dates differ.
    for (let at = DATE_LENGTH - 1; at >= 0; at--)
      if (bytes[start + at] !== this.#date[at]) return this.#reckonDay(bytes, start)
    return this.#dateStart
  }

  #reckonDay(bytes: Uint8Array, start: number): Instant {
    for (let at = 0; at < DATE_LENGTH; at++) this.#date[at] = bytes[start + at] as number
    const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2)
    const month = twoDigits(bytes, start + 5)
    const dashed = bytes[start + 4] === DASH && bytes[start + 7] === DASH
    this.#dateStart = dashed ? Date.UTC(year, month - 1, twoDigits(bytes, start + 8)) : Number.NaN
    return this.#dateStart
  }
}

/** The number that two digits make, or NaN. */
function twoDigits(bytes: Uint8Array, start: number): number {
  const tens = (bytes[start] as number) - ZERO
  const ones = (bytes[start + 1] as number) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}
