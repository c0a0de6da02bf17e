import type { Failure } from '../../core/base/index.ts'
import { ok, type Result } from '../../core/base/index.ts'
import { diffRecords, type RecordDifference } from '../../core/dns/index.ts'
import { transferRecords } from '../net/index.ts'
import { type FleetLinks, type ServerLink, viewKey } from '../observe/index.ts'
import type { ContentPair } from './compare-content.ts'

/** For one zone from one server, in milliseconds. */
const TRANSFER_DEADLINE_MS = 60_000

/** How a zone on a server differs from the reference's, record by record: both are transferred and held in memory. */
export async function compareRecords(
  links: FleetLinks,
  reference: ServerLink,
  { server, zone }: ContentPair,
): Promise<Result<RecordDifference, Failure>> {
  const options = { key: viewKey(links, zone.view), deadlineMs: TRANSFER_DEADLINE_MS }
  const [here, there] = await Promise.all([
    transferRecords(reference.dial('dns'), zone.name, options),
    transferRecords(server.dial('dns'), zone.name, options),
  ])
  if (!here.ok) return here
  return there.ok ? ok(diffRecords(here.value.records, there.value.records)) : there
}
