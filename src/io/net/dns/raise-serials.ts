import {
  compareSerials,
  type DomainName,
  type Failure,
  fail,
  invariant,
  ok,
  type Result,
  type Serial,
  type SharedKey,
} from '../../../core/base/index.ts'
import { type Message, RECORD_TYPES, withSerial, writeUpdate } from '../../../core/dns/index.ts'
import { type Endpoint, printEndpoint } from '../endpoint.ts'
import { askInBulk, type Busy } from './ask-in-bulk.ts'
import { dnsFailure, malformed } from './dns-failure.ts'
import { exchangeTask } from './exchange-task.ts'
import { querySoas, type SoaAnswer } from './query-soas.ts'

/**
 * named has at most `update-quota` updates under way, 100 by default, and at most 23 questions of one TCP connection;
 * beyond the one it answers SERVFAIL, beyond the other it reads no further.
 */
const CONNECTIONS = 4
const IN_FLIGHT_MAX = 20

export type RaiseOptions = {
  readonly key: SharedKey | undefined
  /** What each zone is raised to; a zone without a goal is left alone. */
  readonly goals: ReadonlyMap<DomainName, Serial>
  /** For all zones together, in milliseconds; the questions for their SOA records have as much again. */
  readonly deadlineMs: number
}

/**
 * Raises the serials of many zones on their primary by an update that adds an SOA record (RFC 2136 section 3.4.2.2). Each
 * asks for one certain serial, and a zone that has reached its goal is asked nothing, so that nothing is raised twice. The goal of
 * each zone that stands there now, or why it does not.
 */
export async function raiseSerials(
  endpoint: Endpoint,
  zones: readonly DomainName[],
  options: RaiseOptions,
): Promise<ReadonlyMap<DomainName, Result<Serial, Failure>>> {
  const { key, goals, deadlineMs } = options
  const raised = new Map<DomainName, Result<Serial, Failure>>()
  const changes: Raise[] = []
  const asked = zones.filter(zone => goals.has(zone))
  for (const [zone, soa] of await querySoas(endpoint, asked, { key, deadlineMs })) {
    const serial = goals.get(zone)
    if (serial === undefined) continue
    const change = soa.ok ? raiseOf(endpoint, zone, { soa: soa.value, serial }) : soa
    if (!change.ok) raised.set(zone, change)
    else if (change.value === undefined) raised.set(zone, ok(serial))
    else changes.push(change.value)
  }
  await askInBulk(
    endpoint,
    {
      count: changes.length,
      begin: index => {
        const change = changes[index] as Raise
        return exchangeTask(endpoint, {
          key,
          request: id => requestOf(change, id),
          finish: answer => outcomeOf(endpoint, change, answer),
        })
      },
      onResult: (index, result) => raised.set((changes[index] as Raise).zone, result),
    },
    { deadlineMs, connections: CONNECTIONS, inFlightMax: () => IN_FLIGHT_MAX, signal: undefined },
  )
  return raised
}

type Raise = {
  readonly zone: DomainName
  readonly serial: Serial
  readonly ttl: number
  readonly rdata: Uint8Array
}

/** Nothing where the zone is there already. */
function raiseOf(
  endpoint: Endpoint,
  zone: DomainName,
  { soa, serial }: { soa: SoaAnswer; serial: Serial },
): Result<Raise | undefined, Failure> {
  const order = compareSerials(soa.serial, serial)
  if (order === 'same' || order === 'after') return ok(undefined)
  const rdata = withSerial(soa.rdata, serial)
  if (!rdata.ok) return fail(malformed(endpoint, rdata.error))
  return ok({ zone, serial, ttl: soa.ttl, rdata: rdata.value })
}

function requestOf({ zone, ttl, rdata }: Raise, id: number): Uint8Array {
  const change = { kind: 'add', name: zone, type: RECORD_TYPES.SOA, ttl, rdata } as const
  const written = writeUpdate({ zone, prerequisites: [], changes: [change] }, id)
  invariant(written.ok, 'an update of one record fits into a message')
  return written.value
}

function outcomeOf(
  endpoint: Endpoint,
  { zone, serial }: Raise,
  { rcode }: Message,
): Result<Serial, Failure> | Busy {
  if (rcode === 'NOERROR') return ok(serial)
  const subject = `${zone} at ${printEndpoint(endpoint)}`
  const why = dnsFailure('dns.rcode', subject, `the update of its serial was answered ${rcode}`)
  return rcode === 'SERVFAIL' ? { busy: why } : fail(why)
}
