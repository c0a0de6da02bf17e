import type { Instant, Problem } from '../../core/base/index.ts'

/** What `baton verify` found: whether every server has the content of the active. */
export type VerifyDocument = {
  readonly version: 1
  readonly document: 'verify'
  readonly fleet: string
  readonly taken: Instant
  readonly elapsedMs: number
  /** Everything is known, and equal. */
  readonly well: boolean
  /** Whether what an earlier verification found was believed, or nothing (`--all`). */
  readonly believed: 'what-was-verified' | 'nothing'
  /** Zones that were transferred, from all servers together. */
  readonly transfers: number
  /** Each zone set, with the server whose content is the measure; nothing when it is not known, or not exactly one. */
  readonly sets: readonly { readonly set: string; readonly active: string | null; readonly term: number }[]
  readonly servers: readonly ServerVerification[]
  /** Those of servers that others transfer from come first: they are healed in this order. */
  readonly differences: readonly ZoneDifference[]
  readonly unknowns: readonly UnknownContent[]
  /** What was not as it should be, but leaves the result as it is. */
  readonly warnings: readonly Problem[]
}

/** How many zones of a server were held against the active's; an active server is compared only in sets where it is standby. */
export type ServerVerification = {
  readonly server: string
  readonly zones: number
  readonly equal: number
  readonly different: number
  readonly unknown: number
}

export type ZoneDifference = {
  readonly server: string
  readonly zone: string
  readonly view: string
  readonly code: string
  readonly because: string
  readonly remedy: string
  /** To be given on the server; nothing where no command helps. */
  readonly command: string | null
  readonly serial: number
  readonly serialActive: number
  /** `- ` records that the active has and the server lacks, `+ ` those that only the server has; nothing when not looked at. */
  readonly records: readonly string[] | null
  /** How many more records differ. */
  readonly recordsLeftOut: number
}

/** Zones of one server of which it is not known whether they are equal. */
export type UnknownContent = {
  readonly server: string
  readonly code: string
  readonly because: string
  readonly remedy: string
  /** By `zoneId`. */
  readonly zones: readonly string[]
}
