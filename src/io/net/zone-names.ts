import type { DomainName } from '../../core/base/index.ts'
import type { JsonToken } from './json-token.ts'

const VIEW_DEFAULT = '_default'

/**
 * The zones that servers list, each kept once for all of them: 20,000 zones on four servers are 20,000 names. Rows are
 * numbered as they come. named lists its zones in the order of their names, so that the next one is nearly always the
 * next row, and then no string is made to find that out.
 */
export class ZoneNames {
  readonly #rows = new Map<string, number>()
  readonly #ids: string[] = []
  readonly #names: DomainName[] = []
  readonly #views: string[] = []

  /** Whether this row is the zone whose name stands there in canonical form; not known of a token with escapes. */
  isAt(row: number, view: string, token: JsonToken): boolean {
    const name = this.#names[row]
    return name !== undefined && !token.escaped && this.#views[row] === view && isSpelled(name, token)
  }

  /** The row of a zone, a new one where there was none. */
  rowOf(name: DomainName, view: string): number {
    const id = view === VIEW_DEFAULT ? name : `${name}/${view}`
    const known = this.#rows.get(id)
    if (known !== undefined) return known
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

function isSpelled(name: string, { bytes, start, end }: JsonToken): boolean {
  if (end - start !== name.length) return false
  for (let at = 0; at < name.length; at++) if (bytes[start + at] !== name.charCodeAt(at)) return false
  return true
}
