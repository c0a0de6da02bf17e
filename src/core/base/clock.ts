/** Milliseconds since 1970-01-01T00:00:00Z, as `Date.now()` gives them. */
export type Instant = number

/** The time of day and a steady stopwatch, passed in because `core` may not look at a clock itself. */
export interface Clock {
  /** The time of day; may jump when the machine's clock is set. */
  now(): Instant
  /** Milliseconds from an arbitrary start, never going back: for durations and deadlines. */
  elapsed(): number
}
