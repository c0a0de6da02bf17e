import type { Instant } from '../../core/base/index.ts'

export type LongestGap = {
  readonly lengthMs: number
  /** When it began. */
  readonly began: Instant
}

/** Measures the longest time between two of the moments that are marked, from its making on. */
export class GapWatch {
  #last = performance.now()
  #longestMs = 0
  #longestBegan: Instant = Date.now()

  mark(): void {
    const now = performance.now()
    const lengthMs = now - this.#last
    if (lengthMs > this.#longestMs) {
      this.#longestMs = lengthMs
      this.#longestBegan = Date.now() - lengthMs
    }
    this.#last = now
  }

  longest(): LongestGap {
    return { lengthMs: this.#longestMs, began: this.#longestBegan }
  }
}
