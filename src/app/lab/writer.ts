import { randomBytes } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { type DomainName, invariant, parseDomainName, type SharedKey } from '../../core/base/index.ts'
import { RECORD_TYPES, type Update, writeTxt } from '../../core/dns/index.ts'
import { DnsClient, type Endpoint, sendUpdate } from '../../io/net/index.ts'
import { GapWatch, type LongestGap } from './gap.ts'
import { keepPace } from './pace.ts'
import type { AcknowledgedUpdate, LabUpdate, PendingUpdate } from './update.ts'

/**
 * So few that servers at their limit answer within the deadline of an attempt. With more, every attempt would be given up
 * just before its answer, and tried again behind all the others: nothing would ever be acknowledged.
 */
const PENDING_MAX = 64
const ATTEMPT_DEADLINE_MS = 10_000
const RETRY_PAUSE_MS = 100
/** How long `stop` goes on with what is not acknowledged yet. */
const DRAIN_DEADLINE_MS = 20_000
const TTL_S = 60

export type WriterOptions = {
  /** The peers; each update goes to the next one in turn, and each retry too. */
  readonly endpoints: readonly Endpoint[]
  readonly key: SharedKey
  /** Zones that take updates with the key; each gets its turn. */
  readonly zones: readonly DomainName[]
  readonly ratePerSecond: number
  /** After so many it makes no new ones: the bound on what it remembers. */
  readonly updatesMax: number
}

export type WriterProgress = {
  readonly begun: number
  readonly acknowledged: number
  readonly pending: number
  /** Answers other than NOERROR, REFUSED while frozen for one. */
  readonly refusals: number
  /** Attempts that had no answer. */
  readonly failures: number
}

export type WriterReport = WriterProgress & {
  readonly updates: readonly AcknowledgedUpdate[]
  readonly unacknowledged: readonly PendingUpdate[]
  /** The longest time in which not one update was acknowledged, while there were updates to make. */
  readonly longestGap: LongestGap
}

/** Writes to the zones all the time, through every peer, and remembers what was acknowledged. */
export interface Writer {
  progress(): WriterProgress
  /** Makes no more updates, waits for those under way, and reports. */
  stop(): Promise<WriterReport>
}

/**
 * Starts a writer as DHCP servers and certificate robots are: it adds one record after another, signed with TSIG, and tries
 * each again, through the next peer, until it is acknowledged.
 */
export function startWriter(options: WriterOptions): Writer {
  invariant(options.endpoints.length > 0 && options.zones.length > 0, 'a writer has somewhere to write')
  const clients = options.endpoints.map(endpoint => new DnsClient(endpoint))
  const run = randomBytes(4).toString('hex')
  const updates: AcknowledgedUpdate[] = []
  const pending = new Map<LabUpdate, PendingUpdate>()
  const gaps = new GapWatch()
  const making = new AbortController()
  const giving = new AbortController()
  setMaxListeners(PENDING_MAX, giving.signal)
  const attempts = new Set<Promise<void>>()
  let begun = 0
  let refusals = 0
  let failures = 0

  /** Until it is acknowledged, or until the writer gives up. */
  const acknowledge = async (update: LabUpdate, first: number): Promise<void> => {
    const request = requestFor(update)
    for (let attempt = 0; !giving.signal.aborted; attempt++) {
      const client = clients[(first + attempt) % clients.length] as DnsClient
      const answer = await sendUpdate(client, request, {
        key: options.key,
        deadlineMs: ATTEMPT_DEADLINE_MS,
        signal: giving.signal,
      })
      if (answer.ok && answer.value.rcode === 'NOERROR') {
        gaps.mark()
        pending.delete(update)
        updates.push({ ...update, acknowledged: Date.now(), via: client.endpoint, refusals: attempt })
        return
      }
      if (answer.ok) refusals++
      else failures++
      const said = answer.ok ? answer.value.rcode : answer.error.because
      pending.set(update, { ...update, attempts: attempt + 1, answer: said })
      await pause(RETRY_PAUSE_MS)
    }
  }
  const begin = (number: number): void => {
    const update = updateFor(options.zones[number % options.zones.length] as DomainName, `${run}-${number}`)
    begun++
    pending.set(update, { ...update, attempts: 0, answer: 'none yet' })
    const attempt = acknowledge(update, number).finally(() => attempts.delete(attempt))
    attempts.add(attempt)
  }
  const progress = (): WriterProgress => ({
    begun,
    acknowledged: updates.length,
    pending: pending.size,
    refusals,
    failures,
  })
  const pace = keepPace(
    {
      ratePerSecond: options.ratePerSecond,
      timesMax: options.updatesMax,
      mayBegin: () => pending.size < PENDING_MAX,
      signal: making.signal,
    },
    begin,
  )
  return {
    progress,
    async stop() {
      making.abort()
      await pace
      const drain = setTimeout(() => giving.abort(), DRAIN_DEADLINE_MS)
      await Promise.all(attempts)
      clearTimeout(drain)
      for (const client of clients) client.close()
      return { ...progress(), updates, unacknowledged: [...pending.values()], longestGap: gaps.longest() }
    },
  }
}

function updateFor(zone: DomainName, value: string): LabUpdate {
  const name = parseDomainName(`w-${value}.${zone}`)
  invariant(name.ok, 'the name of a record of the lab is a domain name')
  return { zone, name: name.value, value }
}

function requestFor(update: LabUpdate): Update {
  const rdata = writeTxt([update.value])
  invariant(rdata.ok, 'the value of a record of the lab fits into a TXT')
  return {
    zone: update.zone,
    prerequisites: [],
    changes: [{ kind: 'add', name: update.name, type: RECORD_TYPES.TXT, ttl: TTL_S, rdata: rdata.value }],
  }
}
