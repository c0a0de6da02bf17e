/** Texts are small; whatever is larger is no file of ours. */
export const TEXT_BYTES_MAX = 16 * 1024 * 1024
export const SERIAL_MAX = 2 ** 32 - 1

/** The lines `key=value` of a text; keys that a later version adds are there too, and are asked for by nobody. */
export class KeyLines {
  readonly #lines: readonly (readonly [key: string, value: string])[]

  constructor(bytes: Uint8Array) {
    const text = new TextDecoder().decode(bytes.subarray(0, TEXT_BYTES_MAX))
    this.#lines = text.split('\n').flatMap(line => {
      const at = line.indexOf('=')
      return at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const]
    })
  }

  /** The first value of a key. */
  value(key: string): string | undefined {
    return this.#lines.find(([own]) => own === key)?.[1]
  }

  /** Every value of a key, each cut at its tabs, in the order of the text. */
  rows(key: string): readonly (readonly string[])[] {
    return this.#lines.flatMap(([own, value]) => (own === key ? [value.split('\t')] : []))
  }
}

/** A whole number in decimal digits, from 0 to `max`. */
export function readCount(text: string | undefined, max: number): number | undefined {
  const count = Number(text)
  return text !== undefined && /^\d{1,10}$/.test(text) && count <= max ? count : undefined
}
