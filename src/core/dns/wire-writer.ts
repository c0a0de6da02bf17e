import { type DomainName, fail, ok, type Result } from '../base/index.ts'
import { wireFromName } from './wire-name.ts'
import type { WireProblem } from './wire-problem.ts'

/** The largest DNS message: its length is 16 bits in front of it on TCP (RFC 1035 section 4.2.2). */
export const MESSAGE_BYTES_MAX = 65_535

const ROOM_BYTES_FIRST = 256

/** Writes numbers and names, big-endian and without compression, into bytes that grow as needed. */
export class WireWriter {
  #bytes = new Uint8Array(ROOM_BYTES_FIRST)
  #length = 0

  get length(): number {
    return this.#length
  }

  u8(value: number): this {
    this.#room(1)
    this.#bytes[this.#length++] = value
    return this
  }

  u16(value: number): this {
    return this.u8(value >>> 8).u8(value)
  }

  u32(value: number): this {
    return this.u16(value >>> 16).u16(value)
  }

  /** 48 bits, as TSIG counts its seconds. */
  u48(value: number): this {
    return this.u16(Math.floor(value / 0x1_0000_0000)).u32(value % 0x1_0000_0000)
  }

  bytes(bytes: Uint8Array): this {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
    return this
  }

  name(name: DomainName): this {
    return this.bytes(wireFromName(name))
  }

  /** All that was written, as a copy of its own. */
  written(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  /** All that was written, unless it is more than a DNS message may be. */
  message(): Result<Uint8Array, WireProblem> {
    return this.#length > MESSAGE_BYTES_MAX ? fail('the message is over 65535 bytes') : ok(this.written())
  }

  #room(length: number): void {
    if (this.#length + length <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + length))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
