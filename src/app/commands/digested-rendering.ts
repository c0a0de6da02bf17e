import { createHash } from 'node:crypto'
import { encodeConf } from '../../core/namedconf/index.ts'
import type { Rendering } from '../../core/render/index.ts'

/** What the fleet folder renders to, with the digest of every file. */
export type DigestedRendering = {
  readonly rendering: Rendering
  /** Server → path → SHA-256 (hex). */
  readonly digests: ReadonlyMap<string, ReadonlyMap<string, string>>
}

export function digestRendering(rendering: Rendering): DigestedRendering {
  const digests = [...rendering.servers.values()].map(
    ({ server, files }) =>
      [server, new Map(files.map(({ path, content }) => [path, digestOf(content)]))] as const,
  )
  return { rendering, digests: new Map(digests) }
}

/** Of the bytes that the text stands for; they are only made here where the hash would not make the same. */
export function digestOf(content: string): string {
  return createHash('sha256')
    .update(content.isWellFormed() ? content : encodeConf(content))
    .digest('hex')
}

/** `named.conf`, the state and the markers follow the roles; all else stays. */
export function changesWithRole(path: string): boolean {
  return /\/(named\.conf|baton\/state|baton\/marker\/[^/]+)$/.test(path)
}
