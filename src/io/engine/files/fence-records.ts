import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import { type FenceRecord, printFenceRecord } from '../../../core/snapshot/index.ts'
import { fencePath, type ServerLink } from '../../observe/index.ts'
import { applyTo, type Holding } from './files.ts'

const RECORD_MODE = 0o644

/** Writes down on each of the servers that another one takes no writes. */
export async function writeFence(
  holding: Holding,
  links: readonly ServerLink[],
  record: FenceRecord,
): Promise<Result<void, Failure>> {
  const content = printFenceRecord(record)
  const wanted = { kind: 'content', content, mode: RECORD_MODE, user: undefined } as const
  for (const link of links) {
    const path = fencePath(link.server, record.server)
    const written = await applyTo(holding, link, [{ path, wanted }])
    if (!written.ok) return written
  }
  return ok(undefined)
}

/** Forgets it, where it is written down. */
export async function removeFence(
  holding: Holding,
  links: readonly ServerLink[],
  name: string,
): Promise<Result<void, Failure>> {
  for (const link of links) {
    const path = fencePath(link.server, name)
    const removed = await applyTo(holding, link, [{ path, wanted: { kind: 'nothing' } }])
    if (!removed.ok) return removed
  }
  return ok(undefined)
}
