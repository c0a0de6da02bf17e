const ROOM_BYTES_FIRST = 16_384

/** Messages framed for TCP (RFC 1035 section 4.2.2), gathered until one write takes them all. */
export class Outgoing {
  #bytes = Buffer.allocUnsafe(ROOM_BYTES_FIRST)
  #length = 0

  get isEmpty(): boolean {
    return this.#length === 0
  }

  add(message: Uint8Array): void {
    const end = this.#length + 2 + message.length
    if (end > this.#bytes.length) {
      this.#bytes = Buffer.concat(
        [this.#bytes.subarray(0, this.#length)],
        Math.max(end, this.#bytes.length * 2),
      )
    }
    this.#bytes.writeUInt16BE(message.length, this.#length)
    this.#bytes.set(message, this.#length + 2)
    this.#length = end
  }

  /** All that was gathered; from then on it is the taker's, until it is sent. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length)
    this.#bytes = Buffer.allocUnsafe(Math.max(ROOM_BYTES_FIRST, this.#length))
    this.#length = 0
    return taken
  }
}
