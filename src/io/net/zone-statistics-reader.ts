import {
  type DomainName,
  fail,
  type Instant,
  ok,
  parseDomainName,
  type Result,
  serialFrom,
} from '../../core/base/index.ts'
import { type JsonProblem, JsonScanner, type JsonVisitor } from './json-scanner.ts'
import type { JsonToken } from './json-token.ts'
import { findWord, type WordOf, wordsOf } from './json-words.ts'
import { ServedZones, type ZoneFacts } from './served-zones.ts'
import { TimestampReader } from './timestamp.ts'
import { ZoneLayout } from './zone-layout.ts'
import { ZoneNames } from './zone-names.ts'
import type { ServedZone, ZoneStatistics } from './zone-statistics.ts'

const VERSION_KNOWN = /^1\.\d+$/

const DOCUMENT_MEMBERS = wordsOf(
  'json-stats-version',
  'boot-time',
  'config-time',
  'current-time',
  'version',
  'views',
)
const VIEW_MEMBERS = wordsOf('zones')
const ZONE_MEMBERS = wordsOf('name', 'class', 'type', 'serial', 'loaded', 'expires', 'refresh')
const CLASS_INTERNET = wordsOf('IN')
const TYPE_PRIMARY = wordsOf('primary')
const TYPE_SECONDARY = wordsOf('secondary')

/** Why an answer is no zone statistics, in words that fit after "because". */
export type StatisticsProblem =
  | JsonProblem
  | 'it ends too early'
  | "it is not named's statistics"
  | 'its version is unknown'
  | 'it has a zone without a proper name'
  | 'it has a serial that is no number of 32 bits'
  | 'it has too many zones'

/** Where in the document: `{"views": {"VIEW": {"zones": [{…}]}}}`. */
type Part = 'outside' | 'document' | 'views' | 'view' | 'zones' | 'zone' | 'elsewhere'

type Member = WordOf<typeof DOCUMENT_MEMBERS | typeof VIEW_MEMBERS | typeof ZONE_MEMBERS>

/** A zone while its members come, in any order. */
type Draft = { -readonly [Fact in keyof ZoneFacts]: ZoneFacts[Fact] } & {
  name: DomainName | undefined
  internet: boolean
}

/**
 * Picks the zones out of `/json/v1/zones` as it streams in, and keeps nothing else of it. The shape is that of
 * json-stats-version 1 (BIND manual, "Statistics Channels"); members it does not know are passed over.
 */
export class ZoneStatisticsReader implements JsonVisitor {
  readonly #scanner = new JsonScanner(this)
  readonly #names: ZoneNames
  readonly #zones: ServedZones
  readonly #facts = new Map<string, string>()
  readonly #layout = new ZoneLayout()
  readonly #timestamps = new TimestampReader()
  readonly #parts: Part[] = ['outside']
  #problem: StatisticsProblem | undefined
  #member: Member | undefined
  #view = ''
  #viewsSeen = false
  #draft = emptyDraft()
  #rowNext = 0

  /** Zones that other servers have named need no names of their own. */
  constructor(names = new ZoneNames()) {
    this.#names = names
    this.#zones = new ServedZones(names)
  }

  /** Reads on; the first problem stays. */
  push(chunk: Buffer): StatisticsProblem | undefined {
    const problem = this.#scanner.push(chunk)
    this.#problem ??= problem
    return this.#problem
  }

  /** What was read, once everything has come. */
  finish(): Result<ZoneStatistics, StatisticsProblem> {
    if (this.#problem !== undefined) return fail(this.#problem)
    if (!this.#scanner.complete) return fail('it ends too early')
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

  whole(bytes: Buffer, start: number): number | undefined {
    if (this.#part !== 'zones') return undefined
    const layout = this.#layout
    const end = layout.read(bytes, start, this.#names.nameIn(this.#rowNext, this.#view))
    if (end === undefined) return undefined
    if (layout.guessed) this.#put(this.#rowNext, layout)
    else this.#keep(nameOf(layout.name), layout)
    return end
  }

  open(): void {
    const part = partInside(this.#part, this.#member)
    this.#member = undefined
    if (part === 'views') this.#viewsSeen = true
    if (part === 'zone') this.#draft = emptyDraft()
    this.#parts.push(part)
  }

  close(): void {
    if (this.#parts.pop() === 'zone' && this.#draft.internet) this.#keep(this.#draft.name, this.#draft)
  }

  name(token: JsonToken): void {
    const part = this.#part
    if (part === 'zone') this.#member = findWord(ZONE_MEMBERS, token)
    else if (part === 'view') this.#member = findWord(VIEW_MEMBERS, token)
    else if (part === 'document') this.#member = findWord(DOCUMENT_MEMBERS, token)
    else if (part === 'views') this.#view = token.string() ?? ''
  }

  text(token: JsonToken): void {
    if (this.#part === 'zone') this.#zoneText(token)
    if (this.#part === 'document' && this.#member !== undefined) {
      this.#facts.set(this.#member, token.string() ?? '')
    }
  }

  literal(token: JsonToken): void {
    if (this.#part !== 'zone' || this.#member !== 'serial') return
    this.#draft.serial = serialFrom(token.number())
    if (this.#draft.serial === undefined) this.#problem ??= 'it has a serial that is no number of 32 bits'
  }

  get #part(): Part {
    return this.#parts[this.#parts.length - 1] as Part
  }

  #zoneText(token: JsonToken): void {
    const draft = this.#draft
    if (this.#member === 'name') draft.name = nameOf(token)
    else if (this.#member === 'class') draft.internet = findWord(CLASS_INTERNET, token) !== undefined
    else if (this.#member === 'type') draft.type = typeOf(token)
    else if (this.#member === 'loaded') draft.loadTime = this.#timestamps.read(token)
    else if (this.#member === 'expires') draft.expires = this.#timestamps.read(token)
    else if (this.#member === 'refresh') draft.refresh = this.#timestamps.read(token)
  }

  #keep(name: DomainName | undefined, facts: ZoneFacts): void {
    if (name === undefined) {
      this.#problem ??= 'it has a zone without a proper name'
      return
    }
    const row = this.#names.rowOf(name, this.#view, this.#rowNext)
    if (row === undefined) this.#problem ??= 'it has too many zones'
    else this.#put(row, facts)
  }

  #put(row: number, facts: ZoneFacts): void {
    this.#zones.put(row, facts)
    this.#rowNext = row + 1
  }
}

function partInside(part: Part, member: Member | undefined): Part {
  switch (part) {
    case 'outside':
      return 'document'
    case 'document':
      return member === 'views' ? 'views' : 'elsewhere'
    case 'views':
      return 'view'
    case 'view':
      return member === 'zones' ? 'zones' : 'elsewhere'
    case 'zones':
      return 'zone'
    case 'zone':
    case 'elsewhere':
      return 'elsewhere'
  }
}

function nameOf(token: JsonToken): DomainName | undefined {
  const name = parseDomainName(token.string() ?? '')
  return name.ok ? name.value : undefined
}

function typeOf(token: JsonToken): ServedZone['type'] {
  if (findWord(TYPE_PRIMARY, token) !== undefined) return 'primary'
  return findWord(TYPE_SECONDARY, token) === undefined ? 'other' : 'secondary'
}

function emptyDraft(): Draft {
  return {
    name: undefined,
    internet: false,
    type: 'other',
    serial: undefined,
    loadTime: Number.NaN,
    expires: Number.NaN,
    refresh: Number.NaN,
  }
}

function instantOf(text: string | undefined): Instant | undefined {
  const instant = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(instant) ? undefined : instant
}
