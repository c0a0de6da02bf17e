import { setImmediate } from 'node:timers/promises'

/** Files that are read without a pause: about 2 ms from the page cache. */
const SLICE_FILES = 128

/**
 * The items in slices, with a turn of the event loop between, so that sockets and timers get theirs. Reading 40,000
 * small files with synchronous calls takes 0.4 s where promises, 32 in flight, take 2.4 s: such files are in the page
 * cache, and what costs is the passage to another thread and back.
 */
export async function* inSlices<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  for (let from = 0; from < items.length; from += SLICE_FILES) {
    yield items.slice(from, from + SLICE_FILES)
    await setImmediate()
  }
}
