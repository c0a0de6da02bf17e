import {
  type DomainName,
  type Failure,
  invariant,
  parseDomainName,
  type Result,
} from '../../core/base/index.ts'
import { RECORD_TYPES, writeIpv4, writeQuery } from '../../core/dns/index.ts'
import { type Answer, DnsClient, type Endpoint, printEndpoint } from '../../io/net/index.ts'
import { keepPace } from './pace.ts'
import { SEED_ADDRESS } from './zones.ts'

/** What was due while this process could not ask is asked at once; so many fit into the buffer of any server's socket. */
const IN_FLIGHT_MAX = 100
const MISHAPS_MAX = 20

export type QuerierOptions = {
  readonly endpoints: readonly Endpoint[]
  readonly zones: readonly DomainName[]
  readonly ratePerSecond: number
  /** How long a resolver would wait before it asks somebody else, in milliseconds. */
  readonly patienceMs: number
}

export type QuerierReport = {
  readonly asked: number
  readonly answered: number
  readonly unanswered: number
  /** Answers that are not the zone's: SERVFAIL, REFUSED, another address, no authority. */
  readonly wrong: number
  /** The slowest right answer, in milliseconds. */
  readonly slowestMs: number
  /** The first few that went wrong, in words. */
  readonly mishaps: readonly string[]
}

/** Asks all the time, as resolvers do, and counts what it is answered. */
export interface Querier {
  progress(): QuerierReport
  stop(): Promise<QuerierReport>
}

/** Starts to ask every server in turn for `www` of every zone in turn: once each, over UDP, without another attempt. */
export function startQuerier(options: QuerierOptions): Querier {
  invariant(options.endpoints.length > 0 && options.zones.length > 0, 'a querier has something to ask')
  const clients = options.endpoints.map(endpoint => new DnsClient(endpoint))
  const names = options.zones.map(seededName)
  const stopping = new AbortController()
  const exchanges = new Set<Promise<void>>()
  const mishaps: string[] = []
  const counts = { asked: 0, answered: 0, unanswered: 0, wrong: 0, slowestMs: 0 }

  const tally = (client: DnsClient, name: DomainName, answer: Result<Answer, Failure>): void => {
    const mishap = answer.ok ? faultOf(answer.value) : answer.error.because
    if (mishap === undefined) {
      counts.answered++
      counts.slowestMs = Math.max(counts.slowestMs, answer.ok ? answer.value.elapsedMs : 0)
      return
    }
    if (answer.ok) counts.wrong++
    else counts.unanswered++
    if (mishaps.length < MISHAPS_MAX) mishaps.push(`${printEndpoint(client.endpoint)} ${name}: ${mishap}`)
  }
  const begin = (number: number): void => {
    const client = clients[number % clients.length] as DnsClient
    const name = names[Math.floor(number / clients.length) % names.length] as DomainName
    counts.asked++
    const exchange = client
      .exchange(id => writeQuery({ name, type: RECORD_TYPES.A }, id), 'once', {
        deadlineMs: options.patienceMs,
      })
      .then(answer => tally(client, name, answer))
      .finally(() => exchanges.delete(exchange))
    exchanges.add(exchange)
  }
  const pace = keepPace(
    {
      ratePerSecond: options.ratePerSecond,
      timesMax: Number.POSITIVE_INFINITY,
      mayBegin: () => exchanges.size < IN_FLIGHT_MAX,
      signal: stopping.signal,
    },
    begin,
  )
  const progress = (): QuerierReport => ({ ...counts, mishaps: [...mishaps] })
  return {
    progress,
    async stop() {
      stopping.abort()
      await pace
      await Promise.all(exchanges)
      for (const client of clients) client.close()
      return progress()
    },
  }
}

function seededName(zone: DomainName): DomainName {
  const name = parseDomainName(`www.${zone}`)
  invariant(name.ok, 'the name of a record of the lab is a domain name')
  return name.value
}

/** What is wrong with an answer; nothing when it is the seeded one, from a server that speaks for the zone. */
function faultOf(answer: Answer): string | undefined {
  const { rcode, flags, answers } = answer.message
  if (rcode !== 'NOERROR') return rcode
  if (!flags.authoritative) return 'not authoritative'
  const expected = writeIpv4(SEED_ADDRESS)
  invariant(expected.ok, 'the seeded address is an address')
  const isRight =
    answers.length === 1 && answers.every(record => Buffer.compare(record.rdata, expected.value) === 0)
  return isRight ? undefined : 'another address'
}
