import type { Clock, Instant } from '../../../core/base/index.ts'

/** This machine's clock, for all that is told to the floors below. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
}

/** RFC 3339, UTC, whole seconds. */
export function timestamp(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`
}
