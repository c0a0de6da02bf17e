import type { Place } from '../base/index.ts'

/** Where in the document: the words and indices from its top. */
export type Path = readonly (string | number)[]

/** Start and end of a part of the text, in UTF-16 units. */
export type Span = { readonly start: number; readonly end: number }

/** Where a value was written; `key` is the word before its colon, `scalar` the value itself when it fits a line. */
export type Origin = { readonly key: Span | undefined; readonly scalar: Span | undefined }

/** Finds the place in the text of whatever stands at a path of the document. */
export class Places {
  readonly #file: string
  /** Where each line begins. */
  readonly #lines: readonly number[]
  readonly #origins = new Map<string, Origin>()

  constructor(text: string, file: string) {
    this.#file = file
    this.#lines = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
  }

  add(path: Path, origin: Origin): void {
    this.#origins.set(JSON.stringify(path), origin)
  }

  has(path: Path): boolean {
    return this.#origins.has(JSON.stringify(path))
  }

  /** The value, or the word that introduces it when it is a mapping or a list; else the nearest thing around it. */
  value(path: Path): Place {
    const origin = this.#nearest(path)
    return this.at(origin?.scalar ?? origin?.key ?? { start: 0, end: 0 })
  }

  /** The word that introduces the value; an item of a list has none, so the item itself. */
  key(path: Path): Place {
    const origin = this.#nearest(path)
    return this.at(origin?.key ?? origin?.scalar ?? { start: 0, end: 0 })
  }

  at(span: Span): Place {
    const after = this.#lines.findIndex(begin => begin > span.start)
    const line = after === -1 ? this.#lines.length : after
    return {
      file: this.#file,
      line,
      column: span.start - (this.#lines[line - 1] ?? 0) + 1,
      offset: span.start,
      length: span.end - span.start,
    }
  }

  #nearest(path: Path): Origin | undefined {
    for (let depth = path.length; depth > 0; depth--) {
      const origin = this.#origins.get(JSON.stringify(path.slice(0, depth)))
      if (origin?.key !== undefined || origin?.scalar !== undefined) return origin
    }
    return this.#origins.get('[]')
  }
}

/** A path as people write it: `servers.ns1.rndc.port`. */
export function printPath(path: Path): string {
  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`))
    .join('')
}
