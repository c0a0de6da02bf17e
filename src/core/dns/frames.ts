import { invariant } from '../base/index.ts'
import { MESSAGE_BYTES_MAX } from './wire-writer.ts'

const LENGTH_BYTES = 2

/** A message as it goes over TCP: its length in 16 bits before it (RFC 1035 section 4.2.2). */
export function frameMessage(message: Uint8Array): Uint8Array {
  invariant(message.length <= MESSAGE_BYTES_MAX, 'a DNS message is at most 65535 bytes')
  const frame = new Uint8Array(LENGTH_BYTES + message.length)
  frame[0] = message.length >>> 8
  frame[1] = message.length
  frame.set(message, LENGTH_BYTES)
  return frame
}

/** Cuts what comes out of a TCP connection, in pieces of any size, into messages; it holds at most one unfinished one. */
export class FrameReader {
  readonly #rest = new Uint8Array(LENGTH_BYTES + MESSAGE_BYTES_MAX)
  #restLength = 0

  /** Calls `onMessage` for every message that is whole now. What it is given is only valid during the call. */
  accept(chunk: Uint8Array, onMessage: (message: Uint8Array) => void): void {
    let at = this.#finish(chunk, onMessage)
    while (chunk.length - at >= LENGTH_BYTES) {
      const start = at + LENGTH_BYTES
      const length = ((chunk[at] as number) << 8) | (chunk[at + 1] as number)
      if (start + length > chunk.length) break
      onMessage(chunk.subarray(start, start + length))
      at = start + length
    }
    this.#keep(chunk.subarray(at))
  }

  /** Completes the unfinished message; gives how many bytes of the chunk that took. */
  #finish(chunk: Uint8Array, onMessage: (message: Uint8Array) => void): number {
    let at = 0
    while (this.#restLength > 0 && at < chunk.length) {
      const wanted = this.#wanted()
      const part = chunk.subarray(at, at + wanted - this.#restLength)
      this.#keep(part)
      at += part.length
      // The length is known only once both its bytes are, so what is wanted may have grown.
      if (this.#restLength < LENGTH_BYTES || this.#restLength < this.#wanted()) continue
      onMessage(this.#rest.subarray(LENGTH_BYTES, this.#restLength))
      this.#restLength = 0
    }
    return at
  }

  #wanted(): number {
    if (this.#restLength < LENGTH_BYTES) return LENGTH_BYTES
    return LENGTH_BYTES + (((this.#rest[0] as number) << 8) | (this.#rest[1] as number))
  }

  #keep(bytes: Uint8Array): void {
    this.#rest.set(bytes, this.#restLength)
    this.#restLength += bytes.length
  }
}
