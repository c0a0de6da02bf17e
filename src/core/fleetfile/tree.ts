import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Range, type YAMLMap } from 'yaml'
import type { FleetDiagnostic } from './finding.ts'
import { knownWords } from './known-words.ts'
import type { Path, Places, Span } from './places.ts'

const DEPTH_MAX = 16
/** Values in the whole document, each use of an alias counted anew. */
const VALUES_MAX = 20_000

/** The plain value of a document. */
export type Tree = { readonly value: unknown; readonly diagnostics: readonly FleetDiagnostic[] }

/**
 * Turns YAML nodes into plain objects, lists and scalars, and notes in `places` where each was written: aliases
 * are followed and `<<` merges, so a value that came that way is found where it really stands.
 */
export function buildTree(document: Document, places: Places): Tree {
  const builder = new TreeBuilder(document, places)
  const value = builder.build(document.contents, { path: [], key: undefined })
  return { value, diagnostics: builder.diagnostics }
}

type Position = { readonly path: Path; readonly key: Span | undefined }

type Entry = { readonly name: string; readonly span: Span; readonly node: Node | null }

class TreeBuilder {
  readonly diagnostics: FleetDiagnostic[] = []
  readonly #document: Document
  readonly #places: Places
  #values = 0

  constructor(document: Document, places: Places) {
    this.#document = document
    this.#places = places
  }

  build(node: Node | null, position: Position): unknown {
    const target = this.#follow(node)
    const { path, key } = position
    this.#values++
    this.#places.add(path, { key, scalar: isScalar(target) ? spanOf(target) : undefined })
    if (path.length > DEPTH_MAX || this.#values > VALUES_MAX) return this.#tooLarge(position)
    if (isMap(target)) {
      const entries = this.#entries(target as YAMLMap<unknown, Node | null>, position)
      return Object.fromEntries(
        [...entries.values()].map(({ name, span, node: value }) => [
          name,
          this.build(value, { path: [...path, name], key: span }),
        ]),
      )
    }
    if (isSeq(target)) {
      return target.items.map((item, at) =>
        this.build(item as Node | null, { path: [...path, at], key: undefined }),
      )
    }
    return isScalar(target) ? target.value : null
  }

  /** What a mapping says, its own words before those that `<<` brings in. */
  #entries(map: YAMLMap<unknown, Node | null>, position: Position): Map<string, Entry> {
    const own = new Map<string, Entry>()
    const merged: Entry[] = []
    for (const { key, value } of map.items) {
      const entry = this.#entry(this.#follow(key as Node | null), value)
      if (entry === undefined) continue
      const earlier = own.get(entry.name)
      if (entry.name === '<<') merged.push(...this.#merge(this.#follow(value), position))
      else if (earlier !== undefined) this.#duplicate(entry, earlier, position)
      else own.set(entry.name, entry)
    }
    for (const entry of merged) if (!own.has(entry.name)) own.set(entry.name, entry)
    return own
  }

  #entry(key: Node | undefined, node: Node | null): Entry | undefined {
    const span = spanOf(key) ?? { start: 0, end: 0 }
    const name = isScalar(key) ? (key.source ?? String(key.value)) : undefined
    if (name !== undefined && name !== '__proto__') return { name, span, node }
    const message = 'A word must stand before the colon here.'
    const remedy = 'Write a single word there, other than `__proto__`.'
    this.#say({ code: 'fleet.unknown-setting', message, remedy, place: this.#places.at(span) })
    return undefined
  }

  #merge(source: Node | undefined, { path, key }: Position): Entry[] {
    this.#values++
    if (path.length > DEPTH_MAX || this.#values > VALUES_MAX) return []
    const deeper = { path: [...path, '<<'], key }
    if (isMap(source)) return [...this.#entries(source as YAMLMap<unknown, Node | null>, deeper).values()]
    if (isSeq(source))
      return source.items.flatMap(item => this.#merge(this.#follow(item as Node | null), deeper))
    const message = 'Only a mapping, or a list of mappings, can be merged with `<<`.'
    const place = this.#places.at(spanOf(source) ?? key ?? { start: 0, end: 0 })
    const remedy = 'Begin a mapping with an anchor, `&NAME`, and merge that: `<<: *NAME`.'
    this.#say({ code: 'fleet.bad-value', message, remedy, place })
    return []
  }

  /** The node itself, or what the alias stands for. */
  #follow(node: Node | null): Node | undefined {
    if (!isAlias(node)) return node ?? undefined
    const target = node.resolve(this.#document)
    if (target !== undefined) return target
    const message = `There is no anchor \`&${node.source}\` before this.`
    const remedy = `Write \`&${node.source}\` further up, before what it stands for, or write that here.`
    const place = this.#places.at(spanOf(node) ?? { start: 0, end: 0 })
    this.#say({ code: 'fleet.unknown-name', message, remedy, place })
    return undefined
  }

  #duplicate(entry: Entry, earlier: Entry, { path }: Position): void {
    const line = this.#places.at(earlier.span).line
    const message = `\`${entry.name}\` was said already, on line ${line}.`
    const isName = knownWords(path).length === 0
    const remedy = `Remove one of the two${isName ? ', or give it a name of its own' : ''}.`
    this.#say({ code: 'fleet.duplicate-setting', message, remedy, place: this.#places.at(entry.span) })
  }

  #tooLarge({ path }: Position): null {
    if (this.diagnostics.some(({ code }) => code === 'fleet.too-large')) return null
    const message = 'The file is nested more deeply, or holds more values, than any fleet.'
    const remedy = 'See that it is the fleet file, and that no alias stands within what it stands for.'
    this.#say({ code: 'fleet.too-large', message, remedy, place: this.#places.value(path) })
    return null
  }

  #say(what: Pick<FleetDiagnostic, 'code' | 'message' | 'remedy' | 'place'>): void {
    this.diagnostics.push({ kind: 'diagnostic', severity: 'error', ...what })
  }
}

function spanOf(node: Node | undefined): Span | undefined {
  const range: Range | null | undefined = node?.range
  return range ? { start: range[0], end: range[1] } : undefined
}
