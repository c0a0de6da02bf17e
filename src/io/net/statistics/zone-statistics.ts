import type { DomainName, Instant, Serial } from '../../../core/base/index.ts'

/** What a server's statistics channel says of all its zones, and of itself. */
export type ZoneStatistics = {
  /**
   * The zones of class IN by `name/view`, the view left out when it is `_default`. Those with `zone-statistics none`
   * are missing.
   */
  readonly zones: ReadonlyMap<string, ServedZone>
  readonly version: string | undefined
  readonly bootTime: Instant | undefined
  /** When named last took a configuration. */
  readonly configTime: Instant | undefined
  /** The server's own clock when it answered. */
  readonly currentTime: Instant | undefined
}

/** One zone as the server serves it. */
export type ServedZone = {
  readonly name: DomainName
  readonly view: string
  /** `other` for mirrors, stubs, hints, and what is built in; `unknown` where only DNS was asked. */
  readonly type: 'primary' | 'secondary' | 'other' | 'unknown'
  /** Nothing when the zone is not loaded; of the signed version where named signs beside the unsigned one. */
  readonly serial: Serial | undefined
  readonly loaded: boolean
  /**
   * When its content last came whole, from its file or by a transfer; to the second. Updates to a primary leave it alone,
   * and nothing else changes a zone without changing this.
   */
  readonly loadTime: Instant | undefined
  /** For a secondary: when its copy expires, and when it next asks its primaries; to the second. */
  readonly expires: Instant | undefined
  readonly refresh: Instant | undefined
}
