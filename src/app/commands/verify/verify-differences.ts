import { invariant } from '../../../core/base/index.ts'
import { printRecord, type RecordDifference } from '../../../core/dns/index.ts'
import { rndcZones, type Server } from '../../../core/fleet/index.ts'
import { type Snapshot, zoneId } from '../../../core/snapshot/index.ts'
import { type Difference, differenceInWords, healOf, type UnequalCopy } from '../../../core/verify/index.ts'
import { type ContentDifference, type ContentPair, compareRecords } from '../../../io/compare/index.ts'
import type { ServerLink } from '../../../io/observe/index.ts'
import type { ZoneDifference } from '../../contract/index.ts'
import type { Session } from '../session/session.ts'

/** Zones whose records are fetched and compared, for each zone set; of the others it is told that they differ. */
const ZONES_DETAILED_MAX = 50
/** Records that are shown of one zone. */
const RECORDS_SHOWN_MAX = 200

export type Unequal = {
  readonly reference: ServerLink
  readonly pairs: readonly ContentPair[]
  /** Without those of which nothing is known. */
  readonly unequal: readonly ContentDifference[]
}

/** Zones that are known not to be equal: which records differ, and what heals each. */
export async function describeDifferences(
  session: Session,
  snapshot: Snapshot,
  { reference, pairs, unequal }: Unequal,
): Promise<readonly ZoneDifference[]> {
  const pairOf = new Map(pairs.map(pair => [keyOf(pair.server.server.name, idOf(pair)), pair]))
  const doubtful = new Map<string, string[]>()
  for (const { server, zone } of unequal) doubtful.set(zone, [...(doubtful.get(zone) ?? []), server])
  const described: ZoneDifference[] = []
  for (const { server, zone, difference } of inHealingOrder(session, unequal)) {
    const pair = pairOf.get(keyOf(server, zone))
    invariant(pair !== undefined, 'what differs was compared')
    const compared =
      described.length < ZONES_DETAILED_MAX ? await compareRecords(session.links, reference, pair) : undefined
    const records = compared?.ok === true ? compared.value : undefined
    const sources = sourcesOf(session, pair.server.server)
    const heal = healOf({
      difference,
      server,
      active: reference.server.name,
      retransfer: rndcZones(session.fleet, server, { verb: 'retransfer', zones: [zone] }),
      type: typeOf(snapshot, server, zone),
      doubtfulSources: (doubtful.get(zone) ?? []).filter(name => sources.includes(name)),
      extra: extraOf(records),
    })
    described.push({
      server,
      zone: pair.zone.name,
      view: pair.zone.view,
      code: `verify.${difference.kind}`,
      because: differenceInWords(difference),
      remedy: heal.remedy,
      command: heal.command ?? null,
      ...serialsOf(difference),
      ...recordsOf(records),
    })
  }
  return described
}

/** Peers first: others transfer from them. */
function inHealingOrder(
  { fleet }: Session,
  unequal: readonly ContentDifference[],
): readonly ContentDifference[] {
  const peers = new Set(fleet.servers.filter(({ kind }) => kind === 'peer').map(({ name }) => name))
  const rank = ({ server }: ContentDifference) => (peers.has(server) ? 0 : 1)
  return unequal.toSorted((left, right) => rank(left) - rank(right))
}

/** From whom a server transfers zones: a secondary from whom its group follows, a peer from the other peers. */
function sourcesOf({ fleet }: Session, server: Server): readonly string[] {
  if (server.kind === 'secondary')
    return fleet.groups.find(({ name }) => name === server.group)?.follows ?? []
  return fleet.servers
    .filter(({ kind, name }) => kind === 'peer' && name !== server.name)
    .map(({ name }) => name)
}

function typeOf(snapshot: Snapshot, server: string, zone: string) {
  const seen = snapshot.servers.get(server)?.zones
  return (seen?.ok === true ? seen.value.zones.get(zone)?.type : undefined) ?? 'unknown'
}

function serialsOf(difference: Difference): Pick<ZoneDifference, 'serial' | 'serialActive'> {
  invariant(difference.kind !== 'content-unknown', 'a difference was seen')
  const { serial } = difference
  return { serial, serialActive: 'serialActive' in difference ? difference.serialActive : serial }
}

function extraOf(records: RecordDifference | undefined): UnequalCopy['extra'] {
  if (records === undefined) return 'unknown'
  return records.extra.length === 0 ? 'none' : 'some'
}

function recordsOf(
  difference: RecordDifference | undefined,
): Pick<ZoneDifference, 'records' | 'recordsLeftOut'> {
  if (difference === undefined) return { records: null, recordsLeftOut: 0 }
  const lines = [
    ...difference.missing.map(record => `- ${printRecord(record)}`),
    ...difference.extra.map(record => `+ ${printRecord(record)}`),
  ]
  return {
    records: lines.slice(0, RECORDS_SHOWN_MAX),
    recordsLeftOut: Math.max(0, lines.length - RECORDS_SHOWN_MAX),
  }
}

function idOf({ zone }: ContentPair): string {
  return zoneId(zone.name, zone.view)
}

function keyOf(server: string, zone: string): string {
  return `${server} ${zone}`
}
