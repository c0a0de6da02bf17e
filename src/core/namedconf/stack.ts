import { invariant } from '../base/index.ts'

/**
 * Lists within lists, while they grow: one array serves all levels, and each finished list is cut out at its exact length. A
 * configuration has hundreds of thousands of short lists, and arrays that grow one by one keep room for many more.
 */
export class Stack<Item> {
  readonly #items: Item[] = []
  readonly #starts: number[] = []
  #start = 0
  #end = 0

  /** How many items the innermost list has. */
  get size(): number {
    return this.#end - this.#start
  }

  /** An item of the innermost list, counted from 0. */
  at(index: number): Item | undefined {
    return index >= 0 && index < this.size ? this.#items[this.#start + index] : undefined
  }

  get last(): Item | undefined {
    return this.at(this.size - 1)
  }

  push(item: Item): void {
    this.#items[this.#end++] = item
  }

  /** The innermost list, which starts anew. */
  take(): Item[] {
    const list = this.#items.slice(this.#start, this.#end)
    this.#end = this.#start
    return list
  }

  /** Begins a list within the innermost one. */
  enter(): void {
    this.#starts.push(this.#start)
    this.#start = this.#end
  }

  /** The innermost list, which ends: the one around it is the innermost now. */
  leave(): Item[] {
    const list = this.take()
    const start = this.#starts.pop()
    invariant(start !== undefined, 'a list that is left was entered')
    this.#start = start
    return list
  }
}
