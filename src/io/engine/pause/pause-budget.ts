import type { Clock } from '../../../core/base/index.ts'

/**
 * What is left of `write-pause-max`: one deadline for everything from the freeze to the promotion, which begins with the first that
 * asks. A resumed run counts from when it was resumed.
 */
export class WritePauseBudget {
  readonly #clock: Clock
  readonly #maxMs: number
  #began: number | undefined

  constructor(clock: Clock, maxMs: number) {
    this.#clock = clock
    this.#maxMs = maxMs
  }

  /** In milliseconds; below zero when it is over. */
  leftMs(): number {
    this.#began ??= this.#clock.elapsed()
    return this.#began + this.#maxMs - this.#clock.elapsed()
  }
}
