import type { Instant } from '../../core/base/index.ts'
import type { JsonToken } from './json-scanner.ts'

const ZERO = 0x30
/** `2026-11-22T15:06:43`, before a fraction that does not matter and the `Z`. */
const SECONDS_LENGTH = 19
const DASH = 0x2d
const COLON = 0x3a
const TEE = 0x54
const ZULU = 0x5a

/**
 * An instant as named writes it into its statistics, read where it stands because there are three in every zone; to the
 * second. Nothing for the epoch, with which named says "never", and for everything that is no such instant.
 */
export function readTimestamp(token: JsonToken): Instant | undefined {
  const { bytes, start, end } = token
  if (end - start <= SECONDS_LENGTH || bytes[end - 1] !== ZULU) return undefined
  if (bytes[start + 4] !== DASH || bytes[start + 7] !== DASH || bytes[start + 10] !== TEE) return undefined
  if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return undefined
  const instant = Date.UTC(
    digits(bytes, start, 4),
    digits(bytes, start + 5, 2) - 1,
    digits(bytes, start + 8, 2),
    digits(bytes, start + 11, 2),
    digits(bytes, start + 14, 2),
    digits(bytes, start + 17, 2),
  )
  return Number.isNaN(instant) || instant === 0 ? undefined : instant
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
