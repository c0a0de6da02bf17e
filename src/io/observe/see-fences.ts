import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { Server } from '../../core/fleet/index.ts'
import { type FenceRecord, parseFenceRecord } from '../../core/snapshot/index.ts'
import type { ServerLink } from './link.ts'
import { batonFolder } from './see-files.ts'

export function fencePath(server: Server, name: string): string {
  return `${batonFolder(server)}/fenced/${name}`
}

/**
 * Which servers are fenced, as one peer has it written down. What cannot be understood is left out: a fence that is not known
 * leaves its server to be asked, and that is the safe side.
 */
export async function seeFences(
  link: ServerLink,
  fleet: string,
): Promise<Result<readonly FenceRecord[], Failure>> {
  const names = await link.host.list(`${batonFolder(link.server)}/fenced`)
  if (!names.ok) return names
  const records: FenceRecord[] = []
  for (const name of names.value) {
    const read = await link.host.read(fencePath(link.server, name))
    if (!read.ok) continue
    const record = parseFenceRecord(new TextDecoder().decode(read.value))
    if (record?.server === name && record.fleet === fleet) records.push(record)
  }
  return ok(records)
}
