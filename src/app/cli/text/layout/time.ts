import type { Instant } from '../../../../core/base/index.ts'

const SECOND_MS = 1000
const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S
const DAY_S = 24 * HOUR_S
/** From here on tenths of a second say nothing, in milliseconds. */
const TENTHS_MAX_MS = 9950

/** `4 ms`, `1.2 s`, `48 s`, `3 min`, `2 h 5 min`, `3 d 4 h`: as exact as anybody needs. */
export function printDuration(durationMs: number): string {
  const ms = Math.max(0, Math.round(durationMs))
  if (ms < SECOND_MS) return `${ms} ms`
  if (ms < TENTHS_MAX_MS) return `${(ms / SECOND_MS).toFixed(1)} s`
  const seconds = Math.round(ms / SECOND_MS)
  if (seconds < MINUTE_S) return `${seconds} s`
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)} min`
  if (seconds < DAY_S)
    return `${Math.floor(seconds / HOUR_S)} h ${Math.floor((seconds % HOUR_S) / MINUTE_S)} min`
  return `${Math.floor(seconds / DAY_S)} d ${Math.floor((seconds % DAY_S) / HOUR_S)} h`
}

/** How long ago, in the same words; what is not a second old is new. */
export function printAge(since: Instant, now: Instant): string {
  return now - since < SECOND_MS ? 'just now' : `${printDuration(now - since)} ago`
}

/** The time of day in UTC, as in the logs of servers: `15:47:06`. */
export function printTime(instant: Instant): string {
  return new Date(instant).toISOString().slice(11, 19)
}

/** Day and time: `2026-11-22 15:47:06 UTC`. */
export function printDay(instant: Instant): string {
  if (Number.isNaN(instant)) return 'unknown'
  return `${new Date(instant).toISOString().slice(0, 10)} ${printTime(instant)} UTC`
}

/** A sentence whose times are RFC 3339, with each as `printDay` has it. */
export function withDays(text: string): string {
  return text.replace(/\b(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z/g, '$1 $2 UTC')
}

/** How long writes were refused, if they were: as it was measured, or at least. */
export function pauseInWords({ writePauseMs, writePauseAtLeastMs }: Pauses): readonly string[] {
  if (writePauseMs !== null) return [`write pause ${printDuration(writePauseMs)}`]
  if (writePauseAtLeastMs === null) return []
  return [`write pause at least ${printDuration(writePauseAtLeastMs)}`]
}

type Pauses = { readonly writePauseMs: number | null; readonly writePauseAtLeastMs: number | null }
