import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { Host } from '../../hosts/index.ts'

/** How a file is called while it is written, and for ever when its writer was killed just then. */
const UNFINISHED = /^\.baton-[0-9a-f]+\.tmp$/
/** A file takes seconds to write; what is older than this has no writer any more, in milliseconds. */
const ABANDONED_MS = 3_600_000

/** Removes what killed Batons left half written in these folders; how many files that were. */
export async function sweepUnfinished(
  host: Host,
  folders: readonly string[],
  now: number,
): Promise<Result<number, Failure>> {
  let swept = 0
  for (const folder of folders) {
    const names = await host.list(folder)
    if (!names.ok) return names
    const paths = names.value.filter(name => UNFINISHED.test(name))
    const heads = await host.heads({ folder, paths, bytes: 0 })
    if (!heads.ok) return heads
    for (const [name, head] of heads.value) {
      if (!head.ok || now - head.value.modified < ABANDONED_MS) continue
      const removed = await host.remove(`${folder}/${name}`)
      if (!removed.ok) return removed
      swept++
    }
  }
  return ok(swept)
}
