import {
  type DomainName,
  type Failure,
  fail,
  ok,
  type Result,
  type Serial,
} from '../../../core/base/index.ts'
import { type ResourceRecord, recordAt, WireReader } from '../../../core/dns/index.ts'
import { type Endpoint, printEndpoint } from '../endpoint.ts'
import { askInBulk } from './ask-in-bulk.ts'
import { dnsFailure, malformed } from './dns-failure.ts'
import type { BulkQueryOptions } from './query-serials.ts'
import { transferTask } from './transfer-zones.ts'

/** The most records that are kept in memory of one zone. */
const RECORDS_MAX = 2_000_000
const DEADLINE_MS_DEFAULT = 60_000

export type ZoneRecords = { readonly serial: Serial; readonly records: readonly ResourceRecord[] }

/** All records of one zone as one server has them, the SOA once: for showing how two servers differ. */
export async function transferRecords(
  endpoint: Endpoint,
  zone: DomainName,
  options: BulkQueryOptions,
): Promise<Result<ZoneRecords, Failure>> {
  const { deadlineMs = DEADLINE_MS_DEFAULT, signal, key } = options
  let outcome: Result<ZoneRecords, Failure> = fail(malformed(endpoint, 'the message is cut short'))
  const begin = () => {
    const records: ResourceRecord[] = []
    let problem: Failure | undefined
    return transferTask<ZoneRecords>(endpoint, {
      request: { kind: 'axfr', zone },
      key,
      sink: (message, place) => {
        const reader = new WireReader(message)
        if (records.length < RECORDS_MAX) records.push(recordAt(reader, place))
        else
          problem ??= dnsFailure(
            'dns.transfer-too-large',
            `${zone} at ${printEndpoint(endpoint)}`,
            'too many records',
          )
        if (reader.problem !== undefined) problem ??= malformed(endpoint, reader.problem)
      },
      finish: ({ serial }) => (problem === undefined ? ok({ serial, records }) : fail(problem)),
    })
  }
  const onResult = (_index: number, result: Result<ZoneRecords, Failure>): void => {
    outcome = result
  }
  const limits = { deadlineMs, connections: 1, inFlightMax: () => 1, signal }
  await askInBulk(endpoint, { count: 1, begin, onResult }, limits)
  return outcome
}
