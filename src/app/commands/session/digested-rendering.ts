import { digestsOf, type FileDigests } from '../../../core/pushed/index.ts'
import type { Rendering } from '../../../core/render/index.ts'

/** What the fleet folder renders to, with the digest of every file. */
export type DigestedRendering = { readonly rendering: Rendering; readonly digests: FileDigests }

export function digestRendering(rendering: Rendering): DigestedRendering {
  return { rendering, digests: digestsOf(rendering.servers.values()) }
}
