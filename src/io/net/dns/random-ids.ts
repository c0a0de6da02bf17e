import { randomFillSync } from 'node:crypto'

const POOL_IDS = 4096

/** Unpredictable message ids, 0 to 65535 (RFC 5452 section 9.2), drawn from the system in batches. */
export class RandomIds {
  readonly #pool = new Uint16Array(POOL_IDS)
  #left = 0

  /** An id for which `taken` says no, or nothing when none is free. */
  next(taken: { has(id: number): boolean; readonly size: number }): number | undefined {
    if (taken.size > 0xffff) return undefined
    let id = this.#draw()
    while (taken.has(id)) id = (id + 1) & 0xffff
    return id
  }

  #draw(): number {
    if (this.#left === 0) {
      randomFillSync(this.#pool)
      this.#left = POOL_IDS
    }
    this.#left--
    return this.#pool[this.#left] as number
  }
}
