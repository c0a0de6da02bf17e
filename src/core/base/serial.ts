const SERIAL_SPACE = 2 ** 32
const SERIAL_HALF = 2 ** 31

declare const serialBrand: unique symbol

/** A zone serial, ordered by RFC 1982 section 3.2. Two serials 2^31 apart have no order. */
export type Serial = number & { readonly [serialBrand]: true }

/** How `left` stands to `right`; a caller must handle all four. */
export type SerialOrder = 'before' | 'same' | 'after' | 'incomparable'

/** The number as a serial, or nothing when it is not an integer from 0 to 2^32 - 1. */
export function serialFrom(value: number): Serial | undefined {
  return Number.isInteger(value) && value >= 0 && value < SERIAL_SPACE ? (value as Serial) : undefined
}

export function compareSerials(left: Serial, right: Serial): SerialOrder {
  const distance = (right - left) >>> 0
  if (distance === 0) return 'same'
  if (distance === SERIAL_HALF) return 'incomparable'
  return distance < SERIAL_HALF ? 'before' : 'after'
}

/** RFC 1982 section 3.1: `step` may be at most 2^31 - 1, or the result would not come after. */
export function advanceSerial(serial: Serial, step: number): Serial | undefined {
  if (!Number.isInteger(step) || step < 0 || step >= SERIAL_HALF) return undefined
  return ((serial + step) % SERIAL_SPACE) as Serial
}
