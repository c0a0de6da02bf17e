import { type Failure, failure, ok, type Result } from '../../core/base/index.ts'
import type { Server } from '../../core/fleet/index.ts'
import { type FenceRecord, parseFenceRecord } from '../../core/snapshot/index.ts'
import type { ServerLink } from './link.ts'
import { batonFolder } from './see-files.ts'

export function fencePath(server: Server, name: string): string {
  return `${batonFolder(server)}/fenced/${name}`
}

/** What a peer has in `baton/fenced`. */
export type SeenFences = {
  readonly records: readonly FenceRecord[]
  /** Texts that are no records: they fence nobody, so that their servers are asked, and whoever goes by the records is told. */
  readonly unclear: readonly Failure[]
}

/** Which servers are fenced, as one peer has it written down. A record that is there and can't be read is a failure (`hosts.*`). */
export async function seeFences(
  link: ServerLink,
  fleet: string,
): Promise<Result<readonly FenceRecord[], Failure>> {
  const seen = await seeFenceTexts(link, fleet)
  return seen.ok ? ok(seen.value.records) : seen
}

/** The same, with what has no meaning. */
export async function seeFenceTexts(link: ServerLink, fleet: string): Promise<Result<SeenFences, Failure>> {
  const names = await link.host.list(`${batonFolder(link.server)}/fenced`)
  if (!names.ok) return names
  const records: FenceRecord[] = []
  const unclear: Failure[] = []
  for (const name of names.value.filter(isRecordName)) {
    const path = fencePath(link.server, name)
    const read = await link.host.read(path)
    // Somebody ended it just now.
    if (!read.ok && read.error.code === 'hosts.missing') continue
    if (!read.ok) return read
    const record = parseFenceRecord(new TextDecoder().decode(read.value))
    if (record?.server !== name) unclear.push(unclearRecord(link.server.name, path, name))
    else if (record.fleet === fleet) records.push(record)
  }
  return ok({ records, unclear })
}

/** A killed Baton may leave `.baton-….tmp`. */
function isRecordName(name: string): boolean {
  return !name.startsWith('.')
}

function unclearRecord(server: string, path: string, name: string): Failure {
  return failure({
    code: 'failover.fence-unclear',
    subject: `${server}:${path}`,
    because: `${path} on ${server} is no record of a fence, or one of a newer Baton: it does not count`,
    remedy: `Move it away; if ${name} takes no writes, say so with --fenced ${name}="…".`,
  })
}
