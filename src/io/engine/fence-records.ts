import { type Failure, ok, type Result } from '../../core/base/index.ts'
import { type FenceRecord, printFenceRecord } from '../../core/snapshot/index.ts'
import { fencePath, type ServerLink } from '../observe/index.ts'

const RECORD_MODE = 0o644

/** Writes down on each of the servers that another one takes no writes. */
export async function writeFence(
  links: readonly ServerLink[],
  record: FenceRecord,
): Promise<Result<void, Failure>> {
  const content = printFenceRecord(record)
  for (const { server, host } of links) {
    const path = fencePath(server, record.server)
    const written = await host.replace({ path, content, mode: RECORD_MODE, user: undefined })
    if (!written.ok) return written
  }
  return ok(undefined)
}

/** Forgets it, where it is written down. */
export async function removeFence(
  links: readonly ServerLink[],
  name: string,
): Promise<Result<void, Failure>> {
  for (const { server, host } of links) {
    const removed = await host.remove(fencePath(server, name))
    if (!removed.ok) return removed
  }
  return ok(undefined)
}
