import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, type Failure, fail, type Result } from '../../core/base/index.ts'

/** How one look at a condition ended: it holds, not yet (and why), or it can never hold. */
export type Look<Value> =
  | { readonly kind: 'holds'; readonly value: Value }
  | { readonly kind: 'not-yet'; readonly failure: Failure }
  | { readonly kind: 'never'; readonly failure: Failure }

export type Waiting = {
  readonly clock: Clock
  readonly deadlineMs: number
  /** The pause between two looks, in milliseconds; a look itself takes as long as the server takes. */
  readonly intervalMs: number
  readonly signal: AbortSignal
}

/** Looks until the condition holds, the deadline has passed, or a person said stop; the last look's failure tells why not. */
export async function awaitCondition<Value>(
  waiting: Waiting,
  look: () => Promise<Look<Value>>,
): Promise<Result<Value, Failure>> {
  const began = waiting.clock.elapsed()
  for (;;) {
    const seen = await look()
    if (seen.kind === 'holds') return { ok: true, value: seen.value }
    const elapsedMs = waiting.clock.elapsed() - began
    const isOver = elapsedMs + waiting.intervalMs > waiting.deadlineMs || waiting.signal.aborted
    if (seen.kind === 'never' || isOver) return fail({ ...seen.failure, elapsedMs })
    await pause(waiting.intervalMs)
  }
}
