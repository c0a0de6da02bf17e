import type { Journal } from './journal.ts'

/** How often the holder of a run shows in the journal that it lives, in milliseconds. */
export const SIGN_INTERVAL_MS = 10_000

/**
 * Does something that may take long, and shows all the time that its process lives. A sign that could not be written is
 * no failure: the line after the step will tell.
 */
export async function withSignsOfLife<Value>(journal: Journal, act: () => Promise<Value>): Promise<Value> {
  let pending = false
  const show = async () => {
    if (pending) return
    pending = true
    await journal.write({ kind: 'alive' }, 'one-copy')
    pending = false
  }
  const timer = setInterval(() => void show(), SIGN_INTERVAL_MS)
  try {
    return await act()
  } finally {
    clearInterval(timer)
  }
}
