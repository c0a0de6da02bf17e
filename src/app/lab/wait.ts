import { setTimeout as pause } from 'node:timers/promises'

const POLL_FIRST_MS = 10
const POLL_LAST_MS = 250
const POLL_GROWTH = 1.3

/** Asks again and again, at growing intervals, until it is so or the deadline has passed; says which. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  deadlineMs: number,
): Promise<'so' | 'deadline'> {
  const start = performance.now()
  let pollMs = POLL_FIRST_MS
  for (;;) {
    if (await condition()) return 'so'
    const leftMs = deadlineMs - (performance.now() - start)
    if (leftMs <= 0) return 'deadline'
    await pause(Math.min(pollMs, leftMs))
    pollMs = Math.min(pollMs * POLL_GROWTH, POLL_LAST_MS)
  }
}
