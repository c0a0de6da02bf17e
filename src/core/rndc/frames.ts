const LENGTH_BYTES = 4
/** The largest answer that is accepted; `rndc` itself takes as much. named takes commands up to 32 KiB. */
export const MESSAGE_BYTES_MAX = 1024 * 1024

/** Cuts the stream of a control connection into messages: each goes behind its 32-bit length. */
export class FrameReader {
  #chunks: Uint8Array[] = []
  #bytes = 0

  /** Takes what came, and gives the messages that are complete; `too large`, said after those, ends the connection. */
  push(chunk: Uint8Array): readonly Uint8Array[] | 'too large' {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    const messages: Uint8Array[] = []
    while (this.#bytes >= LENGTH_BYTES) {
      const length = this.#announced()
      if (length > MESSAGE_BYTES_MAX) return messages.length > 0 ? messages : 'too large'
      if (this.#bytes < LENGTH_BYTES + length) break
      const bytes = this.#joined()
      messages.push(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length))
      this.#chunks = [bytes.subarray(LENGTH_BYTES + length)]
      this.#bytes -= LENGTH_BYTES + length
    }
    return messages
  }

  #announced(): number {
    if ((this.#chunks[0]?.length ?? 0) < LENGTH_BYTES) this.#chunks = [this.#joined()]
    const [head] = this.#chunks as [Uint8Array]
    return new DataView(head.buffer, head.byteOffset).getUint32(0)
  }

  #joined(): Uint8Array {
    return this.#chunks.length === 1 ? (this.#chunks[0] as Uint8Array) : Buffer.concat(this.#chunks)
  }
}

/** The message behind its length, as it goes onto the wire. */
export function frame(message: Uint8Array): Uint8Array {
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(message.length)
  return Buffer.concat([length, message])
}
