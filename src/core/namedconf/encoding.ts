const REPLACEMENT = '\ufffd'
const SURROGATE_BASE = 0xdc00
/** Read as code points, a pair of surrogates is one character, so that this finds only lone ones. */
const LONE_SURROGATE = /\p{Surrogate}/u
const BYTE_MIN = 0x80
const BYTE_MAX = 0xff

/**
 * The text of a file, whatever its bytes. named.conf has no encoding: named reads bytes. UTF-8 becomes the
 * characters it stands for, and each byte that is not UTF-8 becomes a lone surrogate from U+DC80 to U+DCFF,
 * which no UTF-8 text can hold, so that `encodeConf(decodeConf(bytes))` gives the same bytes for every file.
 */
export function decodeConf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString('utf8')
  return text.includes(REPLACEMENT) ? decodeMixed(buffer) : text
}

/**
 * The bytes of a text that came from `decodeConf`, or of any other: what no UTF-8 can express is written as
 * U+FFFD.
 */
export function encodeConf(text: string): Uint8Array {
  return LONE_SURROGATE.test(text) ? encodeMixed(text) : new TextEncoder().encode(text)
}

function decodeMixed(buffer: Buffer): string {
  const pieces: string[] = []
  let from = 0
  let at = 0
  while (at < buffer.length) {
    const length = sequenceLength(buffer, at)
    if (length === 0) {
      pieces.push(
        buffer.toString('utf8', from, at),
        String.fromCharCode(SURROGATE_BASE + (buffer[at] as number)),
      )
      from = at + 1
    }
    at += Math.max(length, 1)
  }
  pieces.push(buffer.toString('utf8', from))
  return pieces.join('')
}

/** Length in bytes of the UTF-8 sequence at `at` (RFC 3629 section 4), 0 where there is none. */
function sequenceLength(buffer: Buffer, at: number): number {
  const first = buffer[at] as number
  if (first < 0x80) return 1
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  for (let next = 1; next < length; next++) {
    const byte = buffer[at + next] ?? 0
    if (byte < lowestContinuation(first, next) || byte > highestContinuation(first, next)) return 0
  }
  return length
}

/** Overlong forms are no UTF-8. */
function lowestContinuation(first: number, position: number): number {
  if (position > 1) return 0x80
  return first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
}

/** Neither are surrogates, nor what lies beyond U+10FFFF. */
function highestContinuation(first: number, position: number): number {
  if (position > 1) return 0xbf
  return first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
}

function encodeMixed(text: string): Uint8Array {
  const pieces: Buffer[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const byte = text.charCodeAt(at) - SURROGATE_BASE
    if (byte < BYTE_MIN || byte > BYTE_MAX || isHighSurrogate(text.charCodeAt(at - 1))) continue
    pieces.push(Buffer.from(text.slice(from, at), 'utf8'), Buffer.of(byte))
    from = at + 1
  }
  pieces.push(Buffer.from(text.slice(from), 'utf8'))
  return Uint8Array.from(Buffer.concat(pieces))
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
