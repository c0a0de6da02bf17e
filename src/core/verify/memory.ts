import type { Instant, Serial } from '../base/index.ts'

/** What a verification found equal, so that the next one need not transfer it again. By zone set. */
export type VerifiedMemory = ReadonlyMap<string, VerifiedSet>

/** Whose content was the measure, in which term. */
export type VerifiedSet = {
  readonly active: string
  readonly term: number
  /** By `zoneId`. */
  readonly zones: ReadonlyMap<string, VerifiedZone>
}

/** The content that the active and at least one other server had of a zone. */
export type VerifiedZone = {
  readonly serial: Serial
  /** RFC 8976, SIMPLE, SHA-384, in hexadecimal. */
  readonly digest: string
  /** Every server that had it, the active among them → the load time of its copy. */
  readonly copies: ReadonlyMap<string, Instant>
}

/** Nothing is believed, as before the first verification. */
export const MEMORY_NONE: VerifiedMemory = new Map()
