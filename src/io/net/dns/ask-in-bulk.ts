import { type Failure, fail, type Result } from '../../../core/base/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { aborted, timedOut } from '../net-failure.ts'
import { type Conversation, DnsStream } from './dns-stream.ts'

/** How often one task is begun again after its connection ended before its answer was whole. */
const TASK_ATTEMPTS_MAX = 3
/** How often one task is begun again after the server said that it was busy. */
const BUSY_ATTEMPTS_MAX = 20
/** The connection on which a server said so for the second time of a task rests this long. */
const BUSY_REST_MS = 100
/** A server that says so this often in a row is not busy: something is wrong, and no task is repeated for it any more. */
const BUSY_STREAK_MAX = 200
/** How often each lane connects before it leaves its share to the others. */
const LANE_ATTEMPTS_MAX = 3
/** The longest a server may say nothing on a connection on which it owes answers. */
const SILENCE_MS = 10_000

/** One question of many: begun once per attempt, then fed with its messages until there is a result. */
export type BulkTask<Value> = {
  request(id: number): Uint8Array
  /** The bytes are only valid during the call; nothing means that more must come. */
  accept(message: Uint8Array): Result<Value, Failure> | Busy | undefined
}

/** The server may answer better when it is asked again; this is the result if it never does. */
export type Busy = { readonly busy: Failure }

export type BulkWork<Value> = {
  readonly count: number
  /** A fresh attempt at task `index`. */
  begin(index: number): BulkTask<Value>
  /** Called exactly once for every index, in no order. */
  onResult(index: number, result: Result<Value, Failure>): void
}

export type BulkOptions = {
  /** For all tasks together. */
  readonly deadlineMs: number
  readonly connections: number
  /** Tasks in flight on each connection; asked for whenever there is room for more. */
  readonly inFlightMax: () => number
  readonly signal: AbortSignal | undefined
}

/**
 * Puts many questions to one server over a few TCP connections, many in flight on each. What a connection takes down with
 * it is asked again on the next, up to a limit; every task ends with a result.
 */
export async function askInBulk<Value>(
  endpoint: Endpoint,
  work: BulkWork<Value>,
  options: BulkOptions,
): Promise<void> {
  const bulk = new Bulk(endpoint, work, options)
  await bulk.run()
}

class Bulk<Value> {
  readonly #endpoint: Endpoint
  readonly #work: BulkWork<Value>
  readonly #options: BulkOptions
  readonly #startedMs = performance.now()
  readonly #attempts: Uint8Array
  readonly #busyAttempts: Uint8Array
  readonly #again: number[] = []
  readonly #streams = new Set<DnsStream>()
  /** Ends the making of connections that nobody needs any more. */
  readonly #opening = new AbortController()
  #busyStreak = 0
  #next = 0
  #left: number
  #stopped: Failure | undefined

  constructor(endpoint: Endpoint, work: BulkWork<Value>, options: BulkOptions) {
    this.#endpoint = endpoint
    this.#work = work
    this.#options = options
    this.#attempts = new Uint8Array(work.count)
    this.#busyAttempts = new Uint8Array(work.count)
    this.#left = work.count
  }

  async run(): Promise<void> {
    const { deadlineMs, signal, connections } = this.#options
    if (signal?.aborted) this.#stop(aborted(this.#endpoint))
    const onAbort = () => this.#stop(aborted(this.#endpoint))
    signal?.addEventListener('abort', onAbort, { once: true })
    const timer = setTimeout(() => this.#stop(timedOut(this.#endpoint, deadlineMs)), deadlineMs)
    // A connection that nobody needs can cost a second: where named's queue of them (`tcp-listen-queue`, 10) is full, the
    // kernel drops the SYN, and repeats it after that.
    const lanes = Array.from({ length: Math.min(connections, this.#work.count) }, () => this.#lane())
    const failures = await Promise.all(lanes)
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
    const why = this.#stopped ?? failures.find(failure => failure !== undefined)
    for (let index = this.#take(); index !== undefined; index = this.#take()) {
      this.#settle(index, fail(why ?? timedOut(this.#endpoint, deadlineMs)))
    }
  }

  /** One connection after the other, until nothing is left; gives why it gave up. */
  async #lane(): Promise<Failure | undefined> {
    let last: Failure | undefined
    for (let attempt = 1; attempt <= LANE_ATTEMPTS_MAX && this.#hasMore && !this.#stopped; attempt++) {
      const opened = await DnsStream.open(this.#endpoint, {
        connectMs: Math.max(1, this.#options.deadlineMs - (performance.now() - this.#startedMs)),
        silenceMs: SILENCE_MS,
        signal: this.#opening.signal,
      })
      if (!opened.ok) {
        last = opened.error
        continue
      }
      const settledBefore = this.#left
      last = await this.#pump(opened.value)
      // A connection that brought something does not count: named may close one after any number of answers.
      if (this.#left < settledBefore) attempt = 0
    }
    return last
  }

  /** Keeps one connection full until nothing is left to ask and nothing is in flight, or it ends. */
  #pump(stream: DnsStream): Promise<Failure | undefined> {
    this.#streams.add(stream)
    return new Promise(resolve => {
      const finish = (): void => {
        this.#streams.delete(stream)
        stream.close()
        resolve(stream.ended)
      }
      const refill = (): void => {
        while (stream.ended === undefined && stream.inFlight < this.#options.inFlightMax()) {
          const index = this.#take()
          if (index === undefined) break
          stream.ask(new Asked(this, { index, task: this.#work.begin(index), onOver }))
        }
        if (stream.inFlight === 0 || stream.ended !== undefined) finish()
      }
      let scheduled = false
      const onOver = (): void => {
        if (scheduled) return
        scheduled = true
        queueMicrotask(() => {
          scheduled = false
          // Refilled by the half, so that many questions share a write.
          if (stream.inFlight <= this.#options.inFlightMax() / 2) refill()
        })
      }
      if (this.#stopped !== undefined) finish()
      else refill()
    })
  }

  /** One message of the answer to a task. */
  take(asked: Asked<Value>, message: Uint8Array): 'more' | 'done' {
    const { index, task, onOver } = asked
    const result = task.accept(message)
    if (result === undefined) return 'more'
    const restMs = 'busy' in result ? this.#putOff(index, result.busy) : this.#finish(index, result)
    if (restMs > 0) setTimeout(onOver, restMs)
    else onOver()
    return 'done'
  }

  /** Its connection took a task down with it. */
  lose({ index, onOver }: Asked<Value>, why: Failure): void {
    const attempts = (this.#attempts[index] as number) + 1
    this.#attempts[index] = attempts
    if (attempts >= TASK_ATTEMPTS_MAX) this.#settle(index, fail(why))
    else this.#again.push(index)
    onOver()
  }

  /** Ends a task whose server was not busy; nothing has to rest. */
  #finish(index: number, result: Result<Value, Failure>): 0 {
    this.#busyStreak = 0
    this.#settle(index, result)
    return 0
  }

  /** Has a task begun again later, if it may be; gives how long its connection should rest, in milliseconds. */
  #putOff(index: number, why: Failure): number {
    const attempts = (this.#busyAttempts[index] as number) + 1
    this.#busyAttempts[index] = attempts
    this.#busyStreak++
    if (attempts >= BUSY_ATTEMPTS_MAX || (attempts > 1 && this.#busyStreak >= BUSY_STREAK_MAX)) {
      this.#settle(index, fail(why))
      return 0
    }
    this.#again.push(index)
    return attempts > 1 ? BUSY_REST_MS : 0
  }

  /** What a connection ends with comes back before its lane looks here. */
  get #hasMore(): boolean {
    return this.#next < this.#work.count || this.#again.length > 0
  }

  /** What was not asked yet comes first: what was busy or cut off has waited a while then. */
  #take(): number | undefined {
    return this.#next < this.#work.count ? this.#next++ : this.#again.shift()
  }

  #settle(index: number, result: Result<Value, Failure>): void {
    this.#left--
    if (this.#left === 0) this.#opening.abort()
    this.#work.onResult(index, result)
  }

  #stop(why: Failure): void {
    this.#stopped ??= why
    this.#opening.abort()
    for (const stream of this.#streams) stream.close()
  }
}

type Asking<Value> = {
  readonly index: number
  readonly task: BulkTask<Value>
  /** Its connection has room for more. */
  readonly onOver: () => void
}

/** A task on a connection. An object with methods, because closures for each of 80,000 questions cost more than the questions. */
class Asked<Value> implements Conversation {
  readonly index: number
  readonly task: BulkTask<Value>
  readonly onOver: () => void
  readonly #bulk: Bulk<Value>

  constructor(bulk: Bulk<Value>, { index, task, onOver }: Asking<Value>) {
    this.#bulk = bulk
    this.index = index
    this.task = task
    this.onOver = onOver
  }

  request(id: number): Uint8Array {
    return this.task.request(id)
  }

  onMessage(message: Uint8Array): 'more' | 'done' {
    return this.#bulk.take(this, message)
  }

  onFailure(why: Failure): void {
    this.#bulk.lose(this, why)
  }
}
