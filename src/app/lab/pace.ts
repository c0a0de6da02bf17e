import { setTimeout as pause } from 'node:timers/promises'

const TICK_MS = 5

/** How often something is to happen, and how long. */
export type Pace = {
  readonly ratePerSecond: number
  /** So often at most, all told. */
  readonly timesMax: number
  /** Whether one more may begin now; when it may not, the ones that are due wait their turn. */
  readonly mayBegin: () => boolean
  readonly signal: AbortSignal
}

/**
 * Calls `begin` with 0, 1, 2 and so on, evenly at the wished rate. What could not begin in time is made up for, so that the
 * rate over a longer time is right; ends when it is done or aborted.
 */
export async function keepPace(pace: Pace, begin: (number: number) => void): Promise<void> {
  const start = performance.now()
  let begun = 0
  while (begun < pace.timesMax && !pace.signal.aborted) {
    const due = Math.floor(((performance.now() - start) * pace.ratePerSecond) / 1000) + 1
    while (begun < Math.min(due, pace.timesMax) && pace.mayBegin()) begin(begun++)
    await pause(TICK_MS)
  }
}
