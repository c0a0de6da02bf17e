import { type DomainName, type Failure, fail, ok, type Result } from '../../../core/base/index.ts'
import { type Message, RECORD_TYPES, readSoa, type Soa, writeQuery } from '../../../core/dns/index.ts'
import { type Endpoint, printEndpoint } from '../endpoint.ts'
import { askInBulk } from './ask-in-bulk.ts'
import { dnsFailure, malformed } from './dns-failure.ts'
import { exchangeTask } from './exchange-task.ts'
import type { BulkQueryOptions } from './query-serials.ts'

const CONNECTIONS = 2
const IN_FLIGHT_MAX = 500
const DEADLINE_MS_DEFAULT = 30_000

/** A zone's SOA record as a server has it. */
export type SoaAnswer = Soa & {
  /** Seconds. */
  readonly ttl: number
  /** The whole data, to be given back with another serial. */
  readonly rdata: Uint8Array
}

/** The SOA records of many zones on one server, whole; where the serial is enough, `querySerials` is quicker. */
export async function querySoas(
  endpoint: Endpoint,
  zones: readonly DomainName[],
  options: BulkQueryOptions,
): Promise<ReadonlyMap<DomainName, Result<SoaAnswer, Failure>>> {
  const answers = new Map<DomainName, Result<SoaAnswer, Failure>>()
  const { deadlineMs = DEADLINE_MS_DEFAULT, signal, key } = options
  await askInBulk(
    endpoint,
    {
      count: zones.length,
      begin: index => {
        const zone = zones[index] as DomainName
        return exchangeTask(endpoint, {
          key,
          request: id => writeQuery({ name: zone, type: RECORD_TYPES.SOA }, id),
          finish: answer => readAnswer(endpoint, zone, answer),
        })
      },
      onResult: (index, result) => answers.set(zones[index] as DomainName, result),
    },
    { deadlineMs, connections: CONNECTIONS, inFlightMax: () => IN_FLIGHT_MAX, signal },
  )
  return answers
}

function readAnswer(endpoint: Endpoint, zone: DomainName, answer: Message): Result<SoaAnswer, Failure> {
  const subject = `${zone} at ${printEndpoint(endpoint)}`
  const { rcode, flags, answers } = answer
  if (rcode !== 'NOERROR') return fail(dnsFailure('dns.rcode', subject, `the answer to its SOA was ${rcode}`))
  if (!flags.authoritative)
    return fail(dnsFailure('dns.not-authoritative', subject, 'the answer to its SOA was not authoritative'))
  const record = answers.find(({ owner, type }) => owner === zone && type === RECORD_TYPES.SOA)
  if (record === undefined) return fail(dnsFailure('dns.no-data', subject, 'the answer has no SOA'))
  const soa = readSoa(record.rdata)
  if (!soa.ok) return fail(malformed(endpoint, soa.error))
  return ok({ ...soa.value, ttl: record.ttl, rdata: record.rdata })
}
