import {
  type DomainName,
  type Failure,
  fail,
  ok,
  type Result,
  type Serial,
  type SharedKey,
} from '../../../core/base/index.ts'
import {
  type Transfer,
  type TransferProblem,
  TransferReader,
  type TransferRequest,
  type TransferSink,
  TsigConversation,
  writeTransferRequest,
  ZoneDigest,
} from '../../../core/dns/index.ts'
import { type Endpoint, printEndpoint } from '../endpoint.ts'
import { wholeSeconds } from '../statistics/whole-seconds.ts'
import { askInBulk, type BulkTask } from './ask-in-bulk.ts'
import { dnsFailure, malformed, tsigFailure } from './dns-failure.ts'

/**
 * Transfers at once: half of what `transfers-out` allows by default, because the server's secondaries need the other
 * half. The server answers SERVFAIL beyond it, to them as well.
 */
const CONNECTIONS = 5
/**
 * On each connection: when two transfer requests came in one segment while few were in flight, named 9.18.49 left the rest
 * unanswered for as long as was waited (seconds). So each waits for the one before.
 */
const IN_FLIGHT_MAX = 1
const DEADLINE_MS_DEFAULT = 120_000

/** A zone's content as one server has it, reduced to what can be compared. */
export type ZoneContent = {
  readonly serial: Serial
  /** Records that count, the SOA once. */
  readonly recordCount: number
  /** RFC 8976, SIMPLE, SHA-384, in hexadecimal. */
  readonly digest: string
}

export type TransferOptions = {
  readonly key?: SharedKey | undefined
  /** For all zones together. */
  readonly deadlineMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Called once for each zone as soon as it is known, in no order. */
  readonly onZone: (zone: DomainName, content: Result<ZoneContent, Failure>) => void
}

/**
 * Transfers many zones from one server and gives the digest of each; nothing of a zone is kept. A zone that the server
 * refuses or breaks off is a failure of that zone alone.
 */
export async function transferZones(
  endpoint: Endpoint,
  zones: readonly DomainName[],
  options: TransferOptions,
): Promise<void> {
  const { deadlineMs = DEADLINE_MS_DEFAULT, signal } = options
  await askInBulk(
    endpoint,
    {
      count: zones.length,
      begin: index => contentTask(endpoint, zones[index] as DomainName, options.key),
      onResult: (index, result) => options.onZone(zones[index] as DomainName, result),
    },
    { deadlineMs, connections: CONNECTIONS, inFlightMax: () => IN_FLIGHT_MAX, signal },
  )
}

/** A transfer as a task: records go to `sink` as they come, `finish` makes the result of the whole. */
export type TransferJob<Value> = {
  readonly request: TransferRequest
  readonly key: SharedKey | undefined
  readonly sink: TransferSink
  finish(transfer: Transfer): Result<Value, Failure>
}

export function transferTask<Value>(endpoint: Endpoint, job: TransferJob<Value>): BulkTask<Value> {
  const reader = new TransferReader(job.request, job.sink)
  let conversation: TsigConversation | undefined
  return {
    request: id => {
      const request = writeTransferRequest(job.request, id)
      if (job.key !== undefined) conversation = new TsigConversation(job.key, request, wholeSeconds())
      return conversation?.request ?? request
    },
    accept: message => {
      const bare = conversation?.accept(message, wholeSeconds()) ?? ok(message)
      if (!bare.ok) return fail(tsigFailure(endpoint, bare.error))
      const read = reader.accept(bare.value)
      if (!read.ok) {
        const why = transferFailure(endpoint, job.request.zone, read.error)
        return isBusy(read.error) ? { busy: why } : fail(why)
      }
      if (read.value === undefined) return undefined
      if (conversation !== undefined && !conversation.settled) return fail(unsettled(endpoint))
      return job.finish(read.value)
    },
  }
}

function contentTask(
  endpoint: Endpoint,
  zone: DomainName,
  key: SharedKey | undefined,
): BulkTask<ZoneContent> {
  const content = new ZoneDigest(zone)
  return transferTask(endpoint, {
    request: { kind: 'axfr', zone },
    key,
    sink: (message, place) => content.add(message, place),
    finish: ({ serial }) => {
      const digest = content.finish()
      if (digest.ok) return ok({ serial, recordCount: content.recordCount, digest: digest.value })
      const tooLarge = digest.error === 'the zone is larger than the limit'
      const subject = `${zone} at ${printEndpoint(endpoint)}`
      return fail(
        tooLarge
          ? dnsFailure('dns.transfer-too-large', subject, digest.error)
          : malformed(endpoint, digest.error),
      )
    },
  })
}

/** RFC 8945 section 5.3.1: the last message of a signed transfer is signed. */
function unsettled(endpoint: Endpoint): Failure {
  return tsigFailure(endpoint, { kind: 'reply-unsigned', serverTimeS: undefined, malformed: undefined })
}

/** A server whose `transfers-out` is used up answers SERVFAIL, as it does when something is really wrong. */
function isBusy(problem: TransferProblem): boolean {
  return problem.kind === 'rcode' && problem.rcode === 'SERVFAIL'
}

function transferFailure(endpoint: Endpoint, zone: DomainName, problem: TransferProblem): Failure {
  const subject = `transfer of ${zone} from ${printEndpoint(endpoint)}`
  switch (problem.kind) {
    case 'rcode':
      return dnsFailure('dns.rcode', subject, `the server answered ${problem.rcode}`)
    case 'malformed':
      return malformed(endpoint, problem.because)
    case 'broken':
      return dnsFailure('dns.transfer-broken', subject, problem.because)
  }
}
