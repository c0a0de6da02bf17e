import type { Instant } from '../../../core/base/index.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** `4 ms`, `1.2 s`, `48 s`, `3 min`, `2 h 5 min`, `3 d 4 h`: as exact as anybody needs. */
export function printDuration(durationMs: number): string {
  const ms = Math.max(0, Math.round(durationMs))
  if (ms < SECOND_MS) return `${ms} ms`
  if (ms < 9950) return `${(ms / SECOND_MS).toFixed(1)} s`
  const seconds = Math.round(ms / SECOND_MS)
  if (seconds < 60) return `${seconds} s`
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ${Math.floor((ms % HOUR_MS) / MINUTE_MS)} min`
  return `${Math.floor(ms / DAY_MS)} d ${Math.floor((ms % DAY_MS) / HOUR_MS)} h`
}

/** How long ago, in the same words; what is not a second old is new. */
export function printAge(since: Instant, now: Instant): string {
  return now - since < SECOND_MS ? 'just now' : `${printDuration(now - since)} ago`
}

/** This machine's time of day: `15:47:06`. */
export function printTime(instant: Instant): string {
  const date = new Date(instant)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')
}

/** This machine's day and time: `2026-11-22 15:47:06`. */
export function printDay(instant: Instant): string {
  const date = new Date(instant)
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-')
  return `${day} ${printTime(instant)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
