const ZERO = 0x30

/** A name, text or literal where it stands in the stream; made into a string only when somebody asks. */
export class JsonToken {
  bytes: Buffer = Buffer.alloc(0)
  start = 0
  end = 0
  escaped = false

  /** Whether it stands there in exactly these bytes; never true of a token with escapes. */
  is(expected: Uint8Array): boolean {
    const { bytes, start } = this
    if (this.escaped || this.end - start !== expected.length) return false
    for (let at = 0; at < expected.length; at++) if (bytes[start + at] !== expected[at]) return false
    return true
  }

  /** Its content, escapes resolved; nothing where an escape is malformed. */
  string(): string | undefined {
    if (!this.escaped) return this.bytes.toString('utf8', this.start, this.end)
    try {
      return JSON.parse(`"${this.bytes.toString('utf8', this.start, this.end)}"`) as string
    } catch (cause) {
      if (cause instanceof SyntaxError) return undefined
      throw cause
    }
  }

  /** The number it is, reckoned where it stands when it has digits only; NaN of everything else that is no number. */
  number(): number {
    const { bytes, start, end } = this
    let number = 0
    for (let at = start; at < end; at++) {
      const digit = (bytes[at] as number) - ZERO
      if (digit < 0 || digit > 9) return Number(this.string())
      number = number * 10 + digit
    }
    return number
  }
}
