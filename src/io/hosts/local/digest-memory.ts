import type { BigIntStats } from 'node:fs'

/** A file that was changed so shortly before it was read may be changed again and bear the same time, in nanoseconds. */
const SETTLED_NS = 1_000_000_000n
const NS_PER_MS = 1_000_000n

/** How often one fleet is looked at in a run, times its large files, is far less. */
const FILES_MAX = 1000

type Remembered = { readonly mark: string; readonly digest: string }

/**
 * Digests of large files, remembered while the kernel says that they are the same files, unchanged: the configuration of
 * 20,000 zones is looked at several times in a run, and hashed once. Whoever writes to a file, or puts another in
 * its place, cannot keep the time of its last change (inode(7), ctime) as it was.
 */
export class DigestMemory {
  readonly #files = new Map<string, Remembered>()

  recall(path: string, stats: BigIntStats): string | undefined {
    const remembered = this.#files.get(path)
    return remembered?.mark === markOf(stats) ? remembered.digest : undefined
  }

  /** Takes a digest of what was read between two looks at the file, the first of them at `began` by its own clock. */
  remember(path: string, digest: string, { before, after, began }: Reading): void {
    const mark = markOf(before)
    const settled = BigInt(began) * NS_PER_MS - before.ctimeNs > SETTLED_NS
    if (!settled || mark !== markOf(after) || this.#files.size === FILES_MAX) this.#files.delete(path)
    else this.#files.set(path, { mark, digest })
  }
}

/** A file as it was before and after it was read. */
export type Reading = {
  readonly before: BigIntStats
  readonly after: BigIntStats
  /** When the reading began, in milliseconds since 1970. */
  readonly began: number
}

function markOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ')
}
