import { invariant } from '../base/index.ts'
import { grow } from './grow.ts'

const CAPACITY_FIRST = 64

/** Lists of numbers within lists, while they grow: one array serves all levels. */
export class Stack {
  #items = new Int32Array(CAPACITY_FIRST)
  readonly #starts: number[] = []
  #start = 0
  #end = 0

  /** How many items the innermost list has. */
  get size(): number {
    return this.#end - this.#start
  }

  /** An item of the innermost list, counted from 0. */
  at(index: number): number | undefined {
    return index >= 0 && index < this.size ? this.#items[this.#start + index] : undefined
  }

  /** The last item of the innermost list. */
  get last(): number | undefined {
    return this.at(this.size - 1)
  }

  push(item: number): void {
    if (this.#end === this.#items.length) this.#items = grow(this.#items)
    this.#items[this.#end++] = item
  }

  /** Empties the innermost list. */
  clear(): void {
    this.#end = this.#start
  }

  /** Begins a list within the innermost one. */
  enter(): void {
    this.#starts.push(this.#start)
    this.#start = this.#end
  }

  /** Drops the innermost list: the one around it is the innermost again, as it was. */
  leave(): void {
    const start = this.#starts.pop()
    invariant(start !== undefined, 'a list that is left was entered')
    this.#end = this.#start
    this.#start = start
  }
}
