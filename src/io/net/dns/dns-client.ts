import { type Failure, fail, ok, type Result, type SharedKey } from '../../../core/base/index.ts'
import { type Message, readMessage, TsigConversation } from '../../../core/dns/index.ts'
import { type Endpoint, takesDatagrams } from '../endpoint.ts'
import { aborted, timedOut } from '../net-failure.ts'
import { wholeSeconds } from '../statistics/whole-seconds.ts'
import { DnsDatagrams } from './dns-datagrams.ts'
import { malformed, tsigFailure } from './dns-failure.ts'
import { DnsStream } from './dns-stream.ts'

/** Times a question is sent over UDP before the server counts as silent. */
const UDP_ATTEMPTS_MAX = 4
const DEADLINE_MS_DEFAULT = 5_000

export type ExchangeOptions = {
  /** Signs the request, and demands a signed answer. */
  readonly key?: SharedKey | undefined
  /** All attempts together. */
  readonly deadlineMs?: number | undefined
  readonly transport?: Transport | undefined
  readonly signal?: AbortSignal | undefined
}

export type Transport = 'udp' | 'tcp'

/** A whole, verified answer; what it says, its rcode included, is the caller's to judge. */
export type Answer = {
  readonly message: Message
  readonly transport: Transport
  /** From the first attempt on. */
  readonly elapsedMs: number
}

/** A request under any id: called once per attempt. */
export type RequestWriter = (id: number) => Uint8Array

/** How often a request may be sent: a question again and again, an update once. */
export type Repetition = 'repeatable' | 'once'

/**
 * Asks one DNS server: over UDP with attempts that grow longer, over TCP when an answer is truncated or no datagram gets there. It keeps one
 * socket and one connection open for all exchanges until `close`.
 */
export class DnsClient {
  readonly endpoint: Endpoint
  #datagrams: Promise<Result<DnsDatagrams, Failure>> | undefined
  #stream: Promise<Result<DnsStream, Failure>> | undefined

  constructor(endpoint: Endpoint) {
    this.endpoint = endpoint
  }

  /** Sends a request and gives the answer that has its id and its question, and its signature where there is a key. */
  async exchange(
    writer: RequestWriter,
    repetition: Repetition,
    options: ExchangeOptions,
  ): Promise<Result<Answer, Failure>> {
    const budget = new Budget(options.deadlineMs ?? DEADLINE_MS_DEFAULT)
    if (options.transport === 'tcp' || !takesDatagrams(this.endpoint)) {
      const answer = await this.#overTcp(writer, budget, options)
      if (!answer.ok && repetition === 'once') this.#resetStream()
      return answer
    }
    const attemptsMax = repetition === 'once' ? 1 : UDP_ATTEMPTS_MAX
    let last: Failure | undefined
    for (let attempt = 1; attempt <= attemptsMax && budget.leftMs > 0; attempt++) {
      const answer = await this.#overUdp(writer, budget.share(attempt, attemptsMax), options)
      if (answer.ok && !answer.value.flags.truncated) {
        return ok({ message: answer.value, transport: 'udp', elapsedMs: budget.spentMs })
      }
      if (answer.ok) return this.#overTcp(writer, budget, options)
      last = answer.error
      if (last.code !== 'net.timeout') break
    }
    return fail({ ...(last ?? timedOut(this.endpoint, budget.spentMs)), elapsedMs: budget.spentMs })
  }

  /** An update that was given up must not arrive later. */
  #resetStream(): void {
    void this.#stream?.then(opened => opened.ok && opened.value.close())
    this.#stream = undefined
  }

  close(): void {
    void this.#datagrams?.then(opened => opened.ok && opened.value.close())
    void this.#stream?.then(opened => opened.ok && opened.value.close())
    this.#datagrams = undefined
    this.#stream = undefined
  }

  async #overUdp(
    writer: RequestWriter,
    timeoutMs: number,
    options: ExchangeOptions,
  ): Promise<Result<Message, Failure>> {
    this.#datagrams ??= DnsDatagrams.open(this.endpoint)
    const opened = await this.#datagrams
    if (!opened.ok) {
      this.#datagrams = undefined
      return opened
    }
    return this.#converse(opened.value, writer, { ...options, deadlineMs: timeoutMs, transport: 'udp' })
  }

  async #overTcp(
    writer: RequestWriter,
    budget: Budget,
    options: ExchangeOptions,
  ): Promise<Result<Answer, Failure>> {
    this.#stream ??= DnsStream.open(this.endpoint, { connectMs: budget.leftMs, silenceMs: STREAM_SILENCE_MS })
    const opening = this.#stream
    const opened = await opening
    // named closes a connection that was idle for tcp-idle-timeout; the next exchange opens another.
    if (!opened.ok || opened.value.ended !== undefined) {
      const again = opened.ok
      if (this.#stream === opening) this.#stream = undefined
      if (!again) return opened
      return this.#overTcp(writer, budget, options)
    }
    const answer = await this.#converse(opened.value, writer, {
      ...options,
      deadlineMs: budget.leftMs,
      transport: 'tcp',
    })
    return answer.ok ? ok({ message: answer.value, transport: 'tcp', elapsedMs: budget.spentMs }) : answer
  }

  #converse(
    channel: DnsStream | DnsDatagrams,
    writer: RequestWriter,
    options: ExchangeOptions,
  ): Promise<Result<Message, Failure>> {
    const deadlineMs = Math.max(0, options.deadlineMs ?? DEADLINE_MS_DEFAULT)
    return new Promise(resolve => {
      let bare: Uint8Array = new Uint8Array()
      let conversation: TsigConversation | undefined
      /** Over UDP an answer that is wrong may be a forgery in front of the right one: told only when no other comes. */
      let doubt: Failure | undefined
      let id: number | undefined
      const settle = (result: Result<Message, Failure>): 'done' => {
        clearTimeout(timer)
        options.signal?.removeEventListener('abort', onAbort)
        resolve(result)
        return 'done'
      }
      const give = (why: Failure): void => {
        if (id !== undefined) channel.abandon(id)
        settle(fail(why))
      }
      const onAbort = () => give(aborted(this.endpoint))
      const timer = setTimeout(() => give(doubt ?? timedOut(this.endpoint, deadlineMs)), deadlineMs)
      if (options.signal?.aborted) return give(aborted(this.endpoint))
      options.signal?.addEventListener('abort', onAbort, { once: true })
      id = channel.ask({
        request: given => {
          bare = writer(given)
          if (options.key === undefined) return bare
          conversation = new TsigConversation(options.key, bare, wholeSeconds())
          return conversation.request
        },
        onMessage: bytes => {
          const read = this.#read(new Uint8Array(bytes), bare, conversation)
          if (read.ok) return settle(read)
          if (options.transport === 'tcp' || read.error.code.startsWith('dns.tsig-server-'))
            return settle(read)
          doubt = read.error
          return 'more'
        },
        onFailure: why => settle(fail(why)),
      })
    })
  }

  #read(
    bytes: Uint8Array,
    request: Uint8Array,
    conversation: TsigConversation | undefined,
  ): Result<Message, Failure> {
    const verified = conversation?.accept(bytes, wholeSeconds()) ?? ok(bytes)
    if (!verified.ok) return fail(tsigFailure(this.endpoint, verified.error))
    const message = readMessage(verified.value)
    if (!message.ok) return fail(malformed(this.endpoint, message.error))
    return answersTo(message.value, request)
      ? message
      : fail(malformed(this.endpoint, 'it answers another question'))
  }
}

const STREAM_SILENCE_MS = 60_000

/** The same opcode and the same question. named leaves the question out of some errors, FORMERR for one. */
function answersTo(answer: Message, request: Uint8Array): boolean {
  const asked = readMessage(request)
  if (!asked.ok || !answer.flags.response || answer.opcode !== asked.value.opcode) return false
  const [question] = asked.value.questions
  const [echo] = answer.questions
  if (echo === undefined) return answer.rcode !== 'NOERROR'
  return question?.name === echo.name && question.type === echo.type && question.class === echo.class
}

/** The time one exchange may take, shared by its attempts. */
class Budget {
  readonly #startedMs = performance.now()
  readonly #deadlineMs: number

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs
  }

  get spentMs(): number {
    return performance.now() - this.#startedMs
  }

  get leftMs(): number {
    return this.#deadlineMs - this.spentMs
  }

  /** Each attempt gets twice what the one before had, and the last one all that is left. */
  share(attempt: number, attemptsMax: number): number {
    return this.leftMs / (2 ** (attemptsMax - attempt + 1) - 1)
  }
}
