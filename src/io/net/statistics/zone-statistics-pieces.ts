import { isObject, parseJson } from '../../../core/base/index.ts'

/** So many bytes are gathered before a piece is cut off; a socket gives as many at once. */
export const PIECE_BYTES = 16 * 1024
/** So many are gathered at most where nothing can be cut off; a quarter of a million zones. */
export const GATHERED_BYTES_MAX = 64 * 1024 ** 2

/** named indents the zones of a view, and nothing else, by eight spaces (json-c). In JSON no text holds a newline. */
const ZONE_END = '\n        },'
/** Stands in a list for the zones of earlier pieces. */
const BEFORE = '0'
/** Stands in a list for the zones of later pieces. */
const BEHIND = null

/**
 * `/json/v1/zones` in pieces: each is the whole document with some of its zones, as `JSON.parse` gives it.
 *
 * A piece ends behind a zone and is closed with brackets; the next one is opened with the path to the same list. Where a zone
 * ends is only guessed, by its indentation, but a wrong guess is not taken: the closed piece is no JSON then, or the
 * list that it ends in is none of zones. More is gathered in that case, up to the whole answer.
 */
export class ZoneStatisticsPieces {
  readonly #pieceBytes: number
  #gathered: Buffer[] = []
  #bytes = 0
  #bytesWanted: number
  /** What makes a document of what is gathered. */
  #opening = ''

  /** Pieces of another size are for tests. */
  constructor(pieceBytes = PIECE_BYTES) {
    this.#pieceBytes = pieceBytes
    this.#bytesWanted = pieceBytes
  }

  /** How many bytes wait for the end of their piece. */
  get gatheredBytes(): number {
    return this.#bytes
  }

  /** The next piece, when enough of it has come. */
  push(chunk: Buffer): unknown {
    this.#gathered.push(chunk)
    this.#bytes += chunk.length
    return this.#bytes < this.#bytesWanted ? undefined : this.#cut()
  }

  /** The last piece, or why the rest is none. */
  finish(): { readonly piece: unknown } | 'it ends too early' | 'it is no JSON' {
    const text = this.#opening + Buffer.concat(this.#gathered).toString()
    const piece = parseJson(text)
    if (piece !== undefined) return { piece }
    return isUnfinished(text) ? 'it ends too early' : 'it is no JSON'
  }

  #cut(): unknown {
    const bytes = Buffer.concat(this.#gathered)
    const comma = bytes.lastIndexOf(ZONE_END) + ZONE_END.length - 1
    const piece = parseJson(`${this.#opening}${bytes.toString('utf8', 0, comma)},${BEHIND}]}}}`)
    const view = viewCutIn(piece)
    const rest = view === undefined ? bytes : bytes.subarray(comma)
    this.#gathered = [rest]
    this.#bytes = rest.length
    // What cannot be cut is not tried again at every chunk.
    this.#bytesWanted = view === undefined ? 2 * rest.length : this.#pieceBytes
    if (view === undefined) return undefined
    this.#opening = `{"views":{${JSON.stringify(view)}:{"zones":[${BEFORE}`
    return piece
  }
}

/** The view in whose list of zones the piece ends. */
function viewCutIn(piece: unknown): string | undefined {
  const views = zonesByView(piece).filter(([, zones]) => zones.at(-1) === BEHIND)
  // A list with such an end of its own is none of named; then there is no telling.
  return views.length === 1 ? views[0]?.[0] : undefined
}

/** The lists in `{"views":{"VIEW":{"zones":[…]}}}`. */
export function zonesByView(piece: unknown): readonly (readonly [view: string, zones: readonly unknown[]])[] {
  const views = isObject(piece) ? piece['views'] : undefined
  if (!isObject(views)) return []
  return Object.entries(views).flatMap(([view, content]) => {
    const zones = isObject(content) ? content['zones'] : undefined
    return Array.isArray(zones) ? [[view, zones as readonly unknown[]] as const] : []
  })
}

/** Whether something that begins as an object does is left open. */
function isUnfinished(text: string): boolean {
  const begun = text.trimStart()
  let depth = 0
  let inText = false
  for (let at = 0; at < begun.length; at++) {
    const character = begun[at] as string
    if (inText && character === '\\') at++
    else if (character === '"') inText = !inText
    else if (!inText && (character === '{' || character === '[')) depth++
    else if (!inText && (character === '}' || character === ']')) depth--
  }
  return begun === '' || (begun.startsWith('{') && (inText || depth > 0))
}
