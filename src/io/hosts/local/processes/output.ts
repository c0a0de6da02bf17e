import type { Readable } from 'node:stream'
import { OUTPUT_BYTES_MAX } from '../../limits.ts'

/** How much of what a program printed is told, in characters. */
const SAID_SHOWN_MAX = 500

/** The end of what a program printed, on one line; empty when it printed nothing. */
export function lastSaid(output: string): string {
  const lines = output.split('\n').map(line => line.trim())
  return lines
    .filter(line => line !== '')
    .join('; ')
    .slice(-SAID_SHOWN_MAX)
}

/** What a program writes to one of its pipes. */
export type Output = {
  /** Settles when nobody can write to it any more. */
  readonly ended: Promise<unknown>
  /** The first `OUTPUT_BYTES_MAX` bytes of what has come; the rest is read and dropped, and nothing waits for it. */
  leave(): string
}

/** Collects what comes through a pipe; a program that could not be started has none. */
export function outputOf(stream: (Readable & { unref?: () => unknown }) | null | undefined): Output {
  const chunks: Uint8Array[] = []
  let room = OUTPUT_BYTES_MAX
  stream?.on('data', (chunk: Uint8Array) => {
    const kept = chunk.subarray(0, room)
    room -= kept.length
    if (kept.length > 0) chunks.push(kept)
  })
  const ended = new Promise(resolve => {
    if (!stream) return resolve('never there')
    for (const event of ['end', 'error', 'close']) stream.once(event, resolve)
  })
  return {
    ended,
    leave() {
      room = 0
      stream?.unref?.()
      return Buffer.concat(chunks).toString('utf8')
    },
  }
}
