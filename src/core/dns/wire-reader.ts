import type { DomainName } from '../base/index.ts'
import { NAME_BYTES_MAX, nameFromWire } from './wire-name.ts'
import type { WireProblem } from './wire-problem.ts'

const POINTER = 0xc0

/**
 * Reads numbers and names from a message. The first problem sticks: from then on everything reads as zero or empty,
 * so a caller checks `problem` where it matters and once at the end, and no input can throw or loop.
 */
export class WireReader {
  readonly bytes: Uint8Array
  /** Offset of the next byte. */
  at: number
  #problem: WireProblem | undefined

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  get problem(): WireProblem | undefined {
    return this.#problem
  }

  /** Makes a problem stick, unless one does already. */
  refuse(problem: WireProblem): void {
    this.#problem ??= problem
    this.at = this.bytes.length
  }

  u8(): number {
    return this.#has(1) ? (this.bytes[this.at++] as number) : 0
  }

  u16(): number {
    if (!this.#has(2)) return 0
    const at = this.at
    this.at += 2
    return ((this.bytes[at] as number) << 8) | (this.bytes[at + 1] as number)
  }

  u32(): number {
    return this.u16() * 0x10000 + this.u16()
  }

  /** 48 bits, as TSIG counts its seconds. */
  u48(): number {
    return this.u16() * 0x1_0000_0000 + this.u32()
  }

  /** A view, not a copy, of the next `length` bytes. */
  take(length: number): Uint8Array {
    if (!this.#has(length)) return this.bytes.subarray(0, 0)
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  name(): DomainName {
    return nameFromWire(this.wireName())
  }

  /** The next name without compression, its case kept. */
  wireName(): Uint8Array {
    const wire = new Uint8Array(NAME_BYTES_MAX)
    const length = this.copyName(wire, 0)
    return wire.subarray(0, length)
  }

  /** Copies the next name without compression to `at` of `into`, which has room for 255 bytes there; its length. */
  copyName(into: Uint8Array, at: number): number {
    const bytes = this.bytes
    let from = this.at
    let backstop = from
    let after = -1
    let length = 0
    for (;;) {
      const head = bytes[from]
      if (head === undefined) return this.#noName('a name does not end')
      if (head >= POINTER) {
        const low = bytes[from + 1]
        if (low === undefined) return this.#noName('a name does not end')
        if (after < 0) after = from + 2
        from = ((head & 0x3f) << 8) | low
        if (from >= backstop) return this.#noName('a compression pointer does not point backwards')
        backstop = from
        continue
      }
      if (head > 63) return this.#noName('a label has an unknown type')
      if (length + head + 1 > NAME_BYTES_MAX) return this.#noName('a name is over 255 bytes')
      if (from + head >= bytes.length) return this.#noName('a name does not end')
      for (let byte = 0; byte <= head; byte++) into[at + length++] = bytes[from++] as number
      if (head === 0) break
    }
    this.at = after < 0 ? from : after
    return length
  }

  /** Steps over a name without following its pointer. */
  skipName(): void {
    for (;;) {
      const head = this.u8()
      if (head === 0) return
      if (head >= POINTER) {
        this.u8()
        return
      }
      if (head > 63) this.refuse('a label has an unknown type')
      this.take(head)
    }
  }

  #has(length: number): boolean {
    if (this.at + length <= this.bytes.length) return true
    this.refuse('the message is cut short')
    return false
  }

  #noName(problem: WireProblem): number {
    this.refuse(problem)
    return 0
  }
}
