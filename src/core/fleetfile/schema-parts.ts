import * as z from 'zod/mini'
import {
  DURATION_PATTERN,
  NAME_LENGTH_MAX,
  NAME_PATTERN,
  NAME_RULE,
  readAddress,
  readBytes,
  readPath,
  readSeconds,
  SIZE_PATTERN,
} from './formats/index.ts'
import { readBy, type SettingText, setting } from './setting.ts'

/** A value from `min` to `max`, both included, in the unit of the setting. */
export type Bounds = { readonly min: number; readonly max: number }

const ADDRESS_FORMATS = [{ format: 'ipv4' }, { format: 'ipv6' }]

export function name() {
  return z
    .string()
    .check(z.regex(NAME_PATTERN, { error: NAME_RULE }), z.maxLength(NAME_LENGTH_MAX, { error: NAME_RULE }))
}

/** A path on the machine where Baton runs; relative ones start at the folder of the fleet file. */
export function path() {
  return readBy(readPath)
}

export function port() {
  return z.int().check(z.gte(1), z.lte(65_535))
}

export function address(text: SettingText) {
  return setting(readBy(readAddress), { ...text, anyOf: ADDRESS_FORMATS })
}

export function whole(bounds: Bounds) {
  return z.int().check(z.gte(bounds.min), z.lte(bounds.max))
}

/** In seconds once read. */
export function duration(bounds: Bounds, text: SettingText) {
  const schema = readBy(written => {
    const seconds = readSeconds(written)
    const within = !seconds.ok || (seconds.value >= bounds.min && seconds.value <= bounds.max)
    return within ? seconds : { ok: false, error: `is not from ${bounds.min}s to ${bounds.max}s` }
  }, 'a duration with its unit, such as 30s or 5m')
  return setting(schema, { ...text, pattern: DURATION_PATTERN.source })
}

/** In bytes once read. */
export function size(text: SettingText) {
  return setting(readBy(readBytes, 'a size with its unit, such as 100 MiB'), {
    ...text,
    pattern: SIZE_PATTERN.source,
  })
}

/** The message for a value of none of the forms it may have; a complaint about one form keeps its own. */
export function formsError(message: string) {
  return {
    error: (issue: { readonly code: string }) => (issue.code === 'invalid_union' ? message : undefined),
  }
}
