import type { BigIntStats } from 'node:fs'

/**
 * A file that was changed so shortly before it was read is not remembered, in nanoseconds: times have the grain of a
 * clock tick, a write bears the time at which it began, and what is written through a mapping only that of the first store
 * until the page is written back (`dirty_expire_centisecs`, 30 s).
 */
const SETTLED_NS = 60_000_000_000n
const NS_PER_MS = 1_000_000n

/** The large files of one server are far fewer. */
const FILES_MAX = 1000

type Remembered = { readonly mark: string; readonly digest: string }

/**
 * Digests of large files, remembered while the kernel says that they are the same files, unchanged: the configuration of
 * 20,000 zones is looked at several times in a run, and hashed once. On a local file system neither write(2) nor
 * rename(2) leaves the time of a file's last change (inode(7), ctime) as it was, and nobody can set it.
 */
export class DigestMemory {
  readonly #files = new Map<string, Remembered>()

  recall(path: string, stats: BigIntStats): string | undefined {
    const remembered = this.#files.get(path)
    return remembered?.mark === markOf(stats) ? remembered.digest : undefined
  }

  /** Takes a digest of what was read between two looks at the file. */
  remember(path: string, digest: string, { before, after, began }: Reading): void {
    const mark = markOf(before)
    const settled = BigInt(began) * NS_PER_MS - before.ctimeNs > SETTLED_NS
    this.#files.delete(path)
    if (settled && mark === markOf(after) && this.#files.size < FILES_MAX)
      this.#files.set(path, { mark, digest })
  }
}

/** A file as it was before and after it was read. */
export type Reading = {
  readonly before: BigIntStats
  readonly after: BigIntStats
  /** This machine's time of day before the file was opened, in milliseconds since 1970. */
  readonly began: number
}

function markOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ')
}
