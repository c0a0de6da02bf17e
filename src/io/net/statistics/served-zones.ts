import { compareSerials, type Instant, invariant, type Serial } from '../../../core/base/index.ts'
import type { ZoneNames } from './zone-names.ts'
import type { ServedZone } from './zone-statistics.ts'

const ROWS_FIRST = 1024
/** What a row holds whose zone this server does not have. */
const ABSENT = 0
const TYPES = ['other', 'primary', 'secondary', 'unknown'] as const satisfies readonly ServedZone['type'][]
const TYPE_MASK = 3
/** Beside the type, in the same byte. */
const LOADED = 4
const PRESENT = 8

/** Instants are NaN where there is none. */
export type ZoneFacts = Pick<ServedZone, 'type' | 'serial'> & {
  readonly loadTime: number
  readonly expires: number
  readonly refresh: number
}

/**
 * The zones of one server, in columns: 80,000 objects with maps around them take longer to collect than to read. A zone
 * becomes an object when somebody asks for it.
 */
export class ServedZones implements ReadonlyMap<string, ServedZone> {
  readonly #names: ZoneNames
  #states: Uint8Array
  #serials: Uint32Array
  #loadTimes: Float64Array
  #expiries: Float64Array
  #refreshes: Float64Array
  #size = 0

  /** What other servers have is likely to come here too. */
  constructor(names: ZoneNames) {
    const rows = Math.max(ROWS_FIRST, names.count)
    this.#names = names
    this.#states = new Uint8Array(rows)
    this.#serials = new Uint32Array(rows)
    this.#loadTimes = new Float64Array(rows)
    this.#expiries = new Float64Array(rows)
    this.#refreshes = new Float64Array(rows)
  }

  get size(): number {
    return this.#size
  }

  /** Notes what is known of the zone in this row of the names, instead of what was known before. */
  put(row: number, { type, serial, loadTime, expires, refresh }: ZoneFacts): void {
    if (row >= this.#states.length) this.#grow(row)
    if (this.#states[row] === ABSENT) this.#size++
    this.#states[row] = PRESENT | (serial === undefined ? 0 : LOADED) | TYPES.indexOf(type)
    this.#serials[row] = serial ?? 0
    this.#loadTimes[row] = loadTime
    this.#expiries[row] = expires
    this.#refreshes[row] = refresh
  }

  get(id: string): ServedZone | undefined {
    const row = this.#names.find(id)
    return row === undefined || !this.#holds(row) ? undefined : this.#zone(row)
  }

  has(id: string): boolean {
    const row = this.#names.find(id)
    return row !== undefined && this.#holds(row)
  }

  *entries(): MapIterator<[string, ServedZone]> {
    for (let row = 0; row < this.#states.length; row++)
      if (this.#holds(row)) yield [this.#names.id(row), this.#zone(row)]
  }

  *keys(): MapIterator<string> {
    for (const [id] of this) yield id
  }

  *values(): MapIterator<ServedZone> {
    for (const [, zone] of this) yield zone
  }

  [Symbol.iterator](): MapIterator<[string, ServedZone]> {
    return this.entries()
  }

  forEach(tell: (zone: ServedZone, id: string, zones: ReadonlyMap<string, ServedZone>) => void): void {
    // Without a generator, which takes as long as all the rest where there are many zones.
    for (let row = 0; row < this.#states.length; row++)
      if (this.#holds(row)) tell(this.#zone(row), this.#names.id(row), this)
  }

  /** Whether a zone has a newer serial here than there; row by row, because both number their zones alike. */
  isAheadOf(other: ServedZones): boolean {
    invariant(this.#names === other.#names, 'servers of a fleet share the names of their zones')
    const rows = Math.min(this.#states.length, other.#states.length)
    for (let row = 0; row < rows; row++) {
      const loaded = (this.#states[row] as number) & (other.#states[row] as number) & LOADED
      const here = this.#serials[row] as Serial
      const there = other.#serials[row] as Serial
      if (loaded !== 0 && here !== there && compareSerials(here, there) === 'after') return true
    }
    return false
  }

  #holds(row: number): boolean {
    return (this.#states[row] ?? ABSENT) !== ABSENT
  }

  #zone(row: number): ServedZone {
    const state = this.#states[row] as number
    const loaded = (state & LOADED) !== 0
    return {
      name: this.#names.name(row),
      view: this.#names.view(row),
      type: TYPES[state & TYPE_MASK] as ServedZone['type'],
      serial: loaded ? (this.#serials[row] as Serial) : undefined,
      loaded,
      loadTime: instantIn(this.#loadTimes, row),
      expires: instantIn(this.#expiries, row),
      refresh: instantIn(this.#refreshes, row),
    }
  }

  #grow(row: number): void {
    const rows = Math.max(row + 1, 2 * this.#states.length)
    this.#states = lengthened(this.#states, new Uint8Array(rows))
    this.#serials = lengthened(this.#serials, new Uint32Array(rows))
    this.#loadTimes = lengthened(this.#loadTimes, new Float64Array(rows))
    this.#expiries = lengthened(this.#expiries, new Float64Array(rows))
    this.#refreshes = lengthened(this.#refreshes, new Float64Array(rows))
  }
}

function lengthened<Column extends Uint8Array | Uint32Array | Float64Array>(
  column: Column,
  longer: Column,
): Column {
  longer.set(column)
  return longer
}

function instantIn(column: Float64Array, row: number): Instant | undefined {
  const instant = column[row] as number
  return Number.isNaN(instant) ? undefined : instant
}
