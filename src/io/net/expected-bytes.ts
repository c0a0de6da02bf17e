const WORD_BYTES = 4

/** Bytes that should stand somewhere, compared four at a time. */
export class ExpectedBytes {
  readonly length: number
  readonly #words: Int32Array
  /** The last three at most. */
  readonly #rest: Uint8Array

  constructor(text: string) {
    const bytes = new TextEncoder().encode(text)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.length = bytes.length
    this.#words = Int32Array.from({ length: Math.floor(bytes.length / WORD_BYTES) }, (_, at) =>
      view.getInt32(at * WORD_BYTES),
    )
    this.#rest = bytes.subarray(this.#words.length * WORD_BYTES)
  }

  /** The view must reach as far as they would. */
  standAt(view: DataView, start: number): boolean {
    const words = this.#words
    const rest = this.#rest
    let at = start
    for (let word = 0; word < words.length; word++, at += WORD_BYTES)
      if (view.getInt32(at) !== words[word]) return false
    for (let byte = 0; byte < rest.length; byte++, at++) if (view.getUint8(at) !== rest[byte]) return false
    return true
  }
}
