const WORD_BYTES = 8

/**
 * ASCII text that should stand somewhere, compared eight bytes at a time: as numbers, because eight bytes of ASCII are
 * never NaN nor one of the two zeroes, so that equal numbers are equal bytes.
 */
export class ExpectedBytes {
  readonly length: number
  readonly #words: Float64Array
  /** The last seven at most. */
  readonly #rest: Uint8Array

  constructor(text: string) {
    const bytes = new TextEncoder().encode(text)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.length = bytes.length
    this.#words = Float64Array.from({ length: Math.floor(bytes.length / WORD_BYTES) }, (_, at) =>
      view.getFloat64(at * WORD_BYTES),
    )
    this.#rest = bytes.subarray(this.#words.length * WORD_BYTES)
  }

  /** The view must reach as far as they would. */
  standAt(view: DataView, start: number): boolean {
    const words = this.#words
    const rest = this.#rest
    let at = start
    for (let word = 0; word < words.length; word++, at += WORD_BYTES)
      if (view.getFloat64(at) !== words[word]) return false
    for (let byte = 0; byte < rest.length; byte++, at++) if (view.getUint8(at) !== rest[byte]) return false
    return true
  }
}
