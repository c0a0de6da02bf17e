import { waitUntil } from '../../src/app/lab/wait.ts'

/** Less than vitest gives a hook, so that it is told what did not come. */
const DEADLINE_MS = 50_000

/** Waits until something is so, and fails when it does not come. What it throws counts as "not yet". */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  let last: unknown
  const outcome = await waitUntil(async () => {
    try {
      return await holds()
    } catch (cause) {
      last = cause
      return false
    }
  }, DEADLINE_MS)
  if (outcome !== 'so') throw new Error(`not within ${DEADLINE_MS} ms: ${what}`, { cause: last })
}
