import { type Failure, ok, type Result } from '../../core/base/index.ts'
import { encodeConf } from '../../core/namedconf/index.ts'
import type { FileChange } from '../../core/plan/index.ts'
import type { ServerLink } from '../observe/index.ts'

/** Installs the new contents, one atomic replacement a file, in the order of the plan (`named.conf` last). */
export async function installChanges(
  link: ServerLink,
  changes: readonly FileChange[],
): Promise<Result<void, Failure>> {
  for (const { path, mode, content } of changes) {
    const replaced = await link.host.replace({
      path,
      mode,
      content: encodeConf(content),
      user: link.server.user,
    })
    if (!replaced.ok) return replaced
  }
  return ok(undefined)
}

/**
 * Puts back what was there before, in the opposite order. What is there already is not written again: an undo on a full disk
 * has nothing to do where the disk was full before.
 */
export async function restoreChanges(
  link: ServerLink,
  changes: readonly FileChange[],
): Promise<Result<void, Failure>> {
  for (const { path, mode, before } of changes.toReversed()) {
    if (before !== undefined && (await holds(link, path, before))) continue
    const restored =
      before === undefined
        ? await link.host.remove(path)
        : await link.host.replace({ path, mode, content: encodeConf(before), user: link.server.user })
    if (!restored.ok) return restored
  }
  return ok(undefined)
}

/** Whether everything is as it was before, and something was changed at all. */
export async function areRestored(link: ServerLink, changes: readonly FileChange[]): Promise<boolean> {
  for (const { path, before } of changes)
    if (before === undefined || !(await holds(link, path, before))) return false
  return changes.length > 0
}

async function holds(link: ServerLink, path: string, content: string): Promise<boolean> {
  const read = await link.host.read(path)
  return read.ok && Buffer.compare(read.value, Buffer.from(encodeConf(content))) === 0
}
