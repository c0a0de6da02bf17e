import type { Instant } from '../base/index.ts'

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** An instant as named prints it in its answers (RFC 9110 section 5.6.7), or nothing. */
export function parseHttpDate(text: string | undefined): Instant | undefined {
  if (text === undefined || !HTTP_DATE.test(text)) return undefined
  const instant = Date.parse(text)
  return Number.isNaN(instant) ? undefined : instant
}
