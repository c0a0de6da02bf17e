import {
  type DomainName,
  type Failure,
  fail,
  ok,
  type Result,
  type Serial,
} from '../../../core/base/index.ts'
import {
  type Query,
  RECORD_TYPES,
  type ResourceRecord,
  readSoaSerial,
  readTxt,
  writeQuery,
} from '../../../core/dns/index.ts'
import { printEndpoint } from '../endpoint.ts'
import type { DnsClient, ExchangeOptions } from './dns-client.ts'
import { dnsFailure, malformed } from './dns-failure.ts'

/** Whether the AA bit was there, and the records of the answer that were asked for. */
export type RecordsAnswer = {
  readonly authoritative: boolean
  readonly records: readonly ResourceRecord[]
  readonly elapsedMs: number
}

/** Asks for the records of one name and type; an rcode other than NOERROR and NXDOMAIN is a failure. */
export async function queryRecords(
  client: DnsClient,
  query: Query,
  options: ExchangeOptions,
): Promise<Result<RecordsAnswer, Failure>> {
  const answer = await client.exchange(id => writeQuery(query, id), 'repeatable', options)
  if (!answer.ok) return answer
  const { message, elapsedMs } = answer.value
  if (message.rcode !== 'NOERROR' && message.rcode !== 'NXDOMAIN') {
    return fail(
      dnsFailure('dns.rcode', subjectOf(client, query.name), `the server answered ${message.rcode}`),
    )
  }
  const records = message.answers.filter(record => record.owner === query.name && record.type === query.type)
  return ok({ authoritative: message.flags.authoritative, records, elapsedMs })
}

/** The strings of the TXT records of a name, record by record, from an authoritative answer: for the marker zone. */
export async function queryTxt(
  client: DnsClient,
  name: DomainName,
  options: ExchangeOptions,
): Promise<Result<readonly (readonly string[])[], Failure>> {
  const records = await queryAuthoritative(client, { name, type: RECORD_TYPES.TXT }, options)
  if (!records.ok) return records
  const texts: (readonly string[])[] = []
  for (const record of records.value) {
    const strings = readTxt(record.rdata)
    if (!strings.ok) return fail(malformed(client.endpoint, strings.error))
    texts.push(strings.value)
  }
  return ok(texts)
}

/** The serial of one zone, from an authoritative answer; for many zones there is `querySerials`. */
export async function querySoa(
  client: DnsClient,
  zone: DomainName,
  options: ExchangeOptions,
): Promise<Result<Serial, Failure>> {
  const records = await queryAuthoritative(client, { name: zone, type: RECORD_TYPES.SOA }, options)
  if (!records.ok) return records
  const serial = readSoaSerial((records.value[0] as ResourceRecord).rdata)
  return serial.ok ? serial : fail(malformed(client.endpoint, serial.error))
}

/** At least one record. */
async function queryAuthoritative(
  client: DnsClient,
  query: Query,
  options: ExchangeOptions,
): Promise<Result<readonly ResourceRecord[], Failure>> {
  const answer = await queryRecords(client, query, options)
  if (!answer.ok) return answer
  const subject = subjectOf(client, query.name)
  const { authoritative, records } = answer.value
  if (!authoritative)
    return fail(dnsFailure('dns.not-authoritative', subject, 'the answer was not authoritative'))
  return records.length > 0
    ? ok(records)
    : fail(dnsFailure('dns.no-data', subject, 'there is no such record'))
}

function subjectOf(client: DnsClient, name: DomainName): string {
  return `${name} at ${printEndpoint(client.endpoint)}`
}
