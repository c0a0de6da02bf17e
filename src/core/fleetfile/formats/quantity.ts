import { fail, ok, type Result } from '../../base/index.ts'

export const DURATION_PATTERN = /^([0-9]{1,6}) ?(s|m|h)$/
export const SIZE_PATTERN = /^([0-9]{1,6}) ?(B|KiB|MiB|GiB|TiB)$/

const SECONDS = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
])

const BYTES = new Map([
  ['B', 1],
  ['KiB', 2 ** 10],
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
  ['TiB', 2 ** 40],
])

/** A duration with its unit, such as `90s` or `5m`, in seconds. */
export function readSeconds(text: string): Result<number, string> {
  const seconds = multiply(DURATION_PATTERN.exec(text), SECONDS)
  return seconds === undefined
    ? fail('is not a duration: a number and s, m or h, such as 30s or 5m')
    : ok(seconds)
}

/** A size with its unit, such as `100 MiB`, in bytes. */
export function readBytes(text: string): Result<number, string> {
  const bytes = multiply(SIZE_PATTERN.exec(text), BYTES)
  return bytes === undefined
    ? fail('is not a size: a number and B, KiB, MiB, GiB or TiB, such as 100 MiB')
    : ok(bytes)
}

function multiply(match: RegExpExecArray | null, units: ReadonlyMap<string, number>): number | undefined {
  const unit = units.get(match?.[2] ?? '')
  return unit === undefined ? undefined : Number(match?.[1]) * unit
}
