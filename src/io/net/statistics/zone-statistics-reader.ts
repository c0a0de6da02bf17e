import {
  fail,
  type Instant,
  isObject,
  ok,
  parseDomainName,
  type Result,
  type Serial,
  serialFrom,
} from '../../../core/base/index.ts'
import { ServedZones } from './served-zones.ts'
import { ZoneNames } from './zone-names.ts'
import type { ZoneStatistics } from './zone-statistics.ts'
import { GATHERED_BYTES_MAX, ZoneStatisticsPieces, zonesByView } from './zone-statistics-pieces.ts'

const VERSION_KNOWN = /^1\.\d+$/
const FACTS = ['json-stats-version', 'version', 'boot-time', 'config-time', 'current-time']

/** Why an answer is no zone statistics, in words that fit after "because". */
export type StatisticsProblem =
  | 'it is no JSON'
  | 'one of its parts is too long'
  | 'it ends too early'
  | "it is not named's statistics"
  | 'its version is unknown'
  | 'it has a zone without a proper name'
  | 'it has a serial that is no number of 32 bits'
  | 'it has too many zones'

/** What stands there need not be of the type that named gives it. */
type Zone = {
  readonly [Member in 'name' | 'type' | 'serial' | 'loaded' | 'expires' | 'refresh']?: unknown
}

/**
 * Picks the zones out of `/json/v1/zones` as it comes, and keeps nothing else of it. The shape is that of
 * json-stats-version 1 (BIND manual, "Statistics Channels"); members it does not know are passed over.
 */
export class ZoneStatisticsReader {
  readonly #names: ZoneNames
  readonly #zones: ServedZones
  readonly #pieces: ZoneStatisticsPieces
  readonly #facts = new Map<string, string>()
  #viewsSeen = false
  #problem: StatisticsProblem | undefined
  #rowNext = 0

  /** Zones that other servers have named need no names of their own. */
  constructor(names = new ZoneNames(), pieces = new ZoneStatisticsPieces()) {
    this.#names = names
    this.#zones = new ServedZones(names)
    this.#pieces = pieces
  }

  /** Reads on; the first problem stays. */
  push(chunk: Buffer): StatisticsProblem | undefined {
    if (this.#problem !== undefined) return this.#problem
    this.#take(this.#pieces.push(chunk))
    if (this.#pieces.gatheredBytes > GATHERED_BYTES_MAX) this.#problem ??= 'one of its parts is too long'
    return this.#problem
  }

  /** What was read, once everything has come. */
  finish(): Result<ZoneStatistics, StatisticsProblem> {
    const last = this.#problem ?? this.#pieces.finish()
    if (typeof last === 'string') return fail(last)
    this.#take(last.piece)
    if (this.#problem !== undefined) return fail(this.#problem)
    const version = this.#facts.get('json-stats-version')
    if (version === undefined || !this.#viewsSeen) return fail("it is not named's statistics")
    if (!VERSION_KNOWN.test(version)) return fail('its version is unknown')
    return ok({
      zones: this.#zones,
      version: this.#facts.get('version'),
      bootTime: instantOf(this.#facts.get('boot-time')),
      configTime: instantOf(this.#facts.get('config-time')),
      currentTime: instantOf(this.#facts.get('current-time')),
    })
  }

  #take(piece: unknown): void {
    if (!isObject(piece)) return
    for (const fact of FACTS) {
      const text = piece[fact]
      if (typeof text === 'string') this.#facts.set(fact, text)
    }
    if (isObject(piece['views'])) this.#viewsSeen = true
    for (const [view, zones] of zonesByView(piece))
      for (const zone of zones) if (isZoneOfInternet(zone)) this.#keep(zone, view)
  }

  #keep(zone: Zone, view: string): void {
    const { name, serial, type, loaded, expires, refresh } = zone
    const parsed = parseDomainName(typeof name === 'string' ? name : '')
    if (!parsed.ok) {
      this.#problem ??= 'it has a zone without a proper name'
      return
    }
    if (serial !== undefined && serialOf(serial) === undefined) {
      this.#problem ??= 'it has a serial that is no number of 32 bits'
      return
    }
    const row = this.#names.rowOf(parsed.value, view, this.#rowNext)
    if (row === undefined) {
      this.#problem ??= 'it has too many zones'
      return
    }
    this.#zones.put(row, {
      type: type === 'primary' || type === 'secondary' ? type : 'other',
      serial: serialOf(serial),
      loadTime: instantIn(loaded),
      expires: instantIn(expires),
      refresh: instantIn(refresh),
    })
    this.#rowNext = row + 1
  }
}

function isZoneOfInternet(value: unknown): value is Zone {
  return isObject(value) && value['class'] === 'IN'
}

function serialOf(value: unknown): Serial | undefined {
  return typeof value === 'number' ? serialFrom(value) : undefined
}

/** NaN for the epoch, with which named says "never", and for everything that is no instant. */
function instantIn(value: unknown): number {
  const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return instant === 0 ? Number.NaN : instant
}

function instantOf(text: string | undefined): Instant | undefined {
  const instant = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(instant) ? undefined : instant
}
