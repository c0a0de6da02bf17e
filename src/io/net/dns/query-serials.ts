import {
  type DomainName,
  type Failure,
  fail,
  invariant,
  ok,
  type Result,
  type Serial,
  type SharedKey,
} from '../../../core/base/index.ts'
import {
  offersRecursion,
  RECORD_TYPES,
  readSerialAnswer,
  type SerialProblem,
  TsigConversation,
  writeQuery,
} from '../../../core/dns/index.ts'
import { type Endpoint, printEndpoint } from '../endpoint.ts'
import { wholeSeconds } from '../statistics/whole-seconds.ts'
import { askInBulk, type BulkTask, type Busy } from './ask-in-bulk.ts'
import { Brevity } from './brevity.ts'
import { dnsFailure, malformed, tsigFailure } from './dns-failure.ts'

/** One for each of the threads that named has on a small machine; three and four were no faster. */
const CONNECTIONS = 2
/** On each connection: enough that neither side waits, however far apart they are. */
const IN_FLIGHT_MAX = 1_000
/** The same until the first answers have told how the rest is best asked. */
const IN_FLIGHT_FIRST = 100
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
  const brevity = new Brevity()
  await askInBulk(
    endpoint,
    {
      count: zones.length,
      begin: index => new SerialTask(endpoint, { zone: zones[index] as DomainName, key }, brevity),
      onResult: (index, result) => serials.set(zones[index] as DomainName, result),
    },
    {
      deadlineMs,
      connections: CONNECTIONS,
      inFlightMax: () => (brevity.isSettled ? IN_FLIGHT_MAX : IN_FLIGHT_FIRST),
      signal,
    },
  )
  return serials
}

type SerialQuestion = { readonly zone: DomainName; readonly key: SharedKey | undefined }

class SerialTask implements BulkTask<Serial> {
  readonly #endpoint: Endpoint
  readonly #question: SerialQuestion
  readonly #brevity: Brevity
  #recursionDesired = false
  #request: Uint8Array | undefined
  #conversation: TsigConversation | undefined

  constructor(endpoint: Endpoint, question: SerialQuestion, brevity: Brevity) {
    this.#endpoint = endpoint
    this.#question = question
    this.#brevity = brevity
  }

  request(id: number): Uint8Array {
    const { zone: name, key } = this.#question
    const recursionDesired = this.#brevity.next()
    this.#recursionDesired = recursionDesired
    this.#request = writeQuery({ name, type: RECORD_TYPES.SOA, recursionDesired }, id)
    if (key === undefined) return this.#request
    this.#conversation = new TsigConversation(key, this.#request, wholeSeconds())
    return this.#conversation.request
  }

  accept(message: Uint8Array): Result<Serial, Failure> | Busy {
    invariant(this.#request !== undefined, 'an answer follows a request')
    const bare = this.#conversation?.accept(message, wholeSeconds()) ?? ok(message)
    if (!bare.ok) return fail(tsigFailure(this.#endpoint, bare.error))
    const serial = readSerialAnswer(bare.value, this.#request)
    const result = serial.ok ? serial : fail(serialFailure(this.#endpoint, this.#question.zone, serial.error))
    const sight = {
      recursionDesired: this.#recursionDesired,
      recursionAvailable: offersRecursion(bare.value),
      isGood: serial.ok,
    }
    if (this.#brevity.learn(sight)) return result
    const subject = `${this.#question.zone} at ${printEndpoint(this.#endpoint)}`
    return { busy: dnsFailure('dns.not-authoritative', subject, 'a view that offers recursion answered') }
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
