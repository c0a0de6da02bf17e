import { OUTPUT_BYTES_MAX } from '../limits.ts'

/** All of a stream, of which the first `OUTPUT_BYTES_MAX` bytes are kept. */
export async function outputOf(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    const kept = (chunk as Uint8Array).subarray(0, OUTPUT_BYTES_MAX - bytes)
    bytes += kept.length
    if (kept.length > 0) chunks.push(kept)
  }
  return Buffer.concat(chunks).toString('utf8')
}
