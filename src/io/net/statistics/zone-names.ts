import type { DomainName } from '../../../core/base/index.ts'

/** More zones than all servers of a fleet together are expected to list; reaching it is a failure, not a cut. */
const ZONES_MAX = 2_000_000
const VIEW_DEFAULT = '_default'

/**
 * The zones that servers list, each kept once for all of them: 20,000 zones on four servers are 20,000 names. Rows are
 * numbered as they come. named lists its zones in the order of their names, so that the next one is nearly always the
 * next row.
 */
export class ZoneNames {
  readonly #rows = new Map<string, number>()
  readonly #ids: string[] = []
  readonly #names: DomainName[] = []
  readonly #views: string[] = []

  /** The row of a zone, a new one where there was none; the guessed one is looked at first. Nothing once all rows are taken. */
  rowOf(name: DomainName, view: string, guess: number): number | undefined {
    if (this.#names[guess] === name && this.#views[guess] === view) return guess
    const id = view === VIEW_DEFAULT ? name : `${name}/${view}`
    const known = this.#rows.get(id)
    if (known !== undefined) return known
    if (this.#ids.length === ZONES_MAX) return undefined
    const row = this.#ids.push(id) - 1
    this.#rows.set(id, row)
    this.#names.push(name)
    this.#views.push(view)
    return row
  }

  /** The row of `name/view`, the view left out when it is `_default`. */
  find(id: string): number | undefined {
    return this.#rows.get(id)
  }

  /** How many rows there are. */
  get count(): number {
    return this.#ids.length
  }

  id(row: number): string {
    return this.#ids[row] as string
  }

  name(row: number): DomainName {
    return this.#names[row] as DomainName
  }

  view(row: number): string {
    return this.#views[row] as string
  }
}
