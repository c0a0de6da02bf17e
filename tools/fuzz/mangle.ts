/** Numbers from 0 up to, without, the bound; always the same ones for one seed (xorshift32). */
export type Dice = (bound: number) => number

export function diceFrom(seed: number): Dice {
  let state = seed >>> 0 || 1
  return bound => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % bound
  }
}

/** Up to four changes: a byte set or turned by a bit, a part cut out, or said twice. */
export function mangle(original: Uint8Array, dice: Dice): Buffer {
  let bytes = Buffer.from(original)
  for (let change = dice(4); change >= 0 && bytes.length > 0; change--) {
    const at = dice(bytes.length)
    const end = at + 1 + dice(Math.min(40, bytes.length - at))
    switch (dice(4)) {
      case 0:
        bytes[at] = dice(256)
        break
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << dice(8))
        break
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)])
        break
      default:
        bytes = Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)])
    }
  }
  return bytes
}

/** The bytes in up to `most` pieces, cut anywhere. */
export function cutUp(bytes: Buffer, most: number, dice: Dice): Buffer[] {
  const cuts = Array.from({ length: dice(most) }, () => dice(bytes.length + 1)).sort((a, b) => a - b)
  return [...cuts, bytes.length].map((cut, piece) => bytes.subarray(cuts[piece - 1] ?? 0, cut))
}
