import {
  type DomainName,
  type Failure,
  fail,
  invariant,
  ok,
  type Result,
  type Serial,
  type SharedKey,
} from '../../core/base/index.ts'
import {
  offersRecursion,
  RECORD_TYPES,
  readSerialAnswer,
  type SerialProblem,
  TsigConversation,
  writeQuery,
} from '../../core/dns/index.ts'
import { askInBulk, type BulkTask } from './ask-in-bulk.ts'
import { dnsFailure, malformed, tsigFailure } from './dns-failure.ts'
import { type Endpoint, printEndpoint } from './endpoint.ts'
import { wholeSeconds } from './whole-seconds.ts'

/** One for each of the threads that named has on a small machine; three and four were no faster. */
const CONNECTIONS = 2
/** On each connection: enough that neither side waits, few enough that the first answers tell how to ask the rest. */
const IN_FLIGHT_MAX = 250
const DEADLINE_MS_DEFAULT = 30_000

export type BulkQueryOptions = {
  readonly key?: SharedKey | undefined
  /** For all zones together. */
  readonly deadlineMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * The serials of many zones on one server, from authoritative answers only. Over TCP, because hundreds of questions fit
 * into one write there and a lost packet is the kernel's business; every zone has an entry, a serial or why there is none.
 */
export async function querySerials(
  endpoint: Endpoint,
  zones: readonly DomainName[],
  options: BulkQueryOptions,
): Promise<ReadonlyMap<DomainName, Result<Serial, Failure>>> {
  const serials = new Map<DomainName, Result<Serial, Failure>>()
  const { deadlineMs = DEADLINE_MS_DEFAULT, signal, key } = options
  const style: QuestionStyle = { recursionDesired: false }
  await askInBulk(
    endpoint,
    {
      count: zones.length,
      begin: index => new SerialTask(endpoint, { zone: zones[index] as DomainName, key, style }),
      onResult: (index, result) => serials.set(zones[index] as DomainName, result),
    },
    { deadlineMs, connections: CONNECTIONS, inFlightMax: IN_FLIGHT_MAX, signal },
  )
  return serials
}

/**
 * named leaves the zone's servers and their addresses out of an answer where recursion was desired (BIND manual,
 * `minimal-responses`, its default), which spares it half the work. So it is desired of a server that has once said that
 * it has none to give, and of no other: that one would begin to look elsewhere for a zone it does not have.
 */
type QuestionStyle = { recursionDesired: boolean }

type SerialQuestion = {
  readonly zone: DomainName
  readonly key: SharedKey | undefined
  /** Shared by all questions to one server. */
  readonly style: QuestionStyle
}

class SerialTask implements BulkTask<Serial> {
  readonly #endpoint: Endpoint
  readonly #question: SerialQuestion
  #request: Uint8Array | undefined
  #conversation: TsigConversation | undefined

  constructor(endpoint: Endpoint, question: SerialQuestion) {
    this.#endpoint = endpoint
    this.#question = question
  }

  request(id: number): Uint8Array {
    const { zone: name, key, style } = this.#question
    this.#request = writeQuery({ name, type: RECORD_TYPES.SOA, recursionDesired: style.recursionDesired }, id)
    if (key === undefined) return this.#request
    this.#conversation = new TsigConversation(key, this.#request, wholeSeconds())
    return this.#conversation.request
  }

  accept(message: Uint8Array): Result<Serial, Failure> {
    invariant(this.#request !== undefined, 'an answer follows a request')
    const bare = this.#conversation?.accept(message, wholeSeconds()) ?? ok(message)
    if (!bare.ok) return fail(tsigFailure(this.#endpoint, bare.error))
    const serial = readSerialAnswer(bare.value, this.#request)
    if (!serial.ok) return fail(serialFailure(this.#endpoint, this.#question.zone, serial.error))
    this.#question.style.recursionDesired = !offersRecursion(bare.value)
    return serial
  }
}

function serialFailure(endpoint: Endpoint, zone: DomainName, problem: SerialProblem): Failure {
  const subject = `${zone} at ${printEndpoint(endpoint)}`
  switch (problem.kind) {
    case 'malformed':
      return malformed(endpoint, problem.because)
    case 'other-question':
      return malformed(endpoint, 'it answers another question')
    case 'rcode':
      return dnsFailure('dns.rcode', subject, `the answer to its SOA was ${problem.rcode}`)
    case 'not-authoritative':
      return dnsFailure('dns.not-authoritative', subject, 'the answer to its SOA was not authoritative')
    case 'truncated':
      return malformed(endpoint, 'it is truncated')
    case 'no-data':
      return dnsFailure('dns.no-data', subject, 'the answer has no SOA')
  }
}
