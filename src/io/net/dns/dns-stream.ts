import { connect, type Socket } from 'node:net'
import { type Failure, fail, ok, type Result } from '../../../core/base/index.ts'
import { FrameReader } from '../../../core/dns/index.ts'
import { type Endpoint, streamTo } from '../endpoint.ts'
import { aborted, closedEarly, notReachable, timedOut, tooManyInFlight } from '../net-failure.ts'
import { reset } from '../reset.ts'
import { Outgoing } from './outgoing.ts'
import { RandomIds } from './random-ids.ts'

/** One read from the socket takes at most this much; it bounds memory per connection, not messages. */
const READ_BYTES = 262_144

/** One question and all messages of its answer. Exactly one of `done` from `onMessage`, or `onFailure`, ends it. */
export type Conversation = {
  /** The question, unframed, under the id it was given. */
  request(id: number): Uint8Array
  /** The bytes are only valid during the call. */
  onMessage(message: Uint8Array): 'more' | 'done'
  onFailure(failure: Failure): void
}

export type OpenOptions = {
  /** How long connecting may take. */
  readonly connectMs: number
  /** How long the server may send nothing at all while an answer is owed. */
  readonly silenceMs: number
  readonly signal?: AbortSignal | undefined
}

/**
 * A TCP connection to a DNS server with many conversations on it at once, told apart by message id (RFC 7766 section
 * 6.2.1.1). What is asked within one turn of the event loop leaves in one write.
 */
export class DnsStream {
  readonly #endpoint: Endpoint
  readonly #silenceMs: number
  readonly #conversations = new Map<number, Conversation>()
  readonly #ids = new RandomIds()
  readonly #frames = new FrameReader()
  readonly #socket: Socket
  readonly #outgoing = new Outgoing()
  #silence: NodeJS.Timeout | undefined
  #ended: Failure | undefined

  static open(endpoint: Endpoint, options: OpenOptions): Promise<Result<DnsStream, Failure>> {
    return new Promise(resolve => {
      if (options.signal?.aborted) return resolve(fail(aborted(endpoint)))
      const stream = new DnsStream(endpoint, options, opened => {
        clearTimeout(timer)
        options.signal?.removeEventListener('abort', onAbort)
        resolve(opened === undefined ? ok(stream) : fail(opened))
      })
      const timer = setTimeout(() => stream.#end(timedOut(endpoint, options.connectMs)), options.connectMs)
      const onAbort = () => stream.#end(aborted(endpoint))
      options.signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  private constructor(
    endpoint: Endpoint,
    options: OpenOptions,
    onOpen: (failure: Failure | undefined) => void,
  ) {
    this.#endpoint = endpoint
    this.#silenceMs = options.silenceMs
    let opened = false
    const settle = (failure: Failure | undefined) => {
      if (opened) return
      opened = true
      onOpen(failure)
    }
    this.#onEnd = settle
    this.#socket = connect({
      ...streamTo(endpoint),
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(READ_BYTES),
        callback: (length, buffer) => this.#receive(buffer.subarray(0, length)),
      },
    })
    this.#socket.on('connect', () => settle(undefined))
    this.#socket.on('error', cause =>
      this.#end(opened ? closedEarly(endpoint, cause) : notReachable(endpoint, cause)),
    )
    this.#socket.on('close', () => this.#end(closedEarly(endpoint, undefined)))
  }

  readonly #onEnd: (failure: Failure) => void

  /** Nothing while the connection stands; afterwards why it does not. */
  get ended(): Failure | undefined {
    return this.#ended
  }

  /** Conversations that are not over. */
  get inFlight(): number {
    return this.#conversations.size
  }

  /** Starts a conversation; gives its id, to `abandon` it. `onFailure` is called when it cannot start. */
  ask(conversation: Conversation): number | undefined {
    const id = this.#ended === undefined ? this.#ids.next(this.#conversations) : undefined
    if (id === undefined) {
      conversation.onFailure(this.#ended ?? tooManyInFlight(this.#endpoint))
      return undefined
    }
    this.#conversations.set(id, conversation)
    this.#send(conversation.request(id))
    if (this.#silence === undefined) this.#listen()
    return id
  }

  /** Stops listening to a conversation; its id stays taken, so that a late answer meets no other question. */
  abandon(id: number): void {
    if (this.#conversations.has(id)) this.#conversations.set(id, ABANDONED)
  }

  /** Ends the connection; what is still in flight fails. */
  close(): void {
    this.#end(closedEarly(this.#endpoint, undefined))
  }

  #send(message: Uint8Array): void {
    if (this.#outgoing.isEmpty) setImmediate(() => this.#flush())
    this.#outgoing.add(message)
  }

  #flush(): void {
    if (this.#ended === undefined) this.#socket.write(this.#outgoing.take())
  }

  #receive(chunk: Uint8Array): boolean {
    this.#silence?.refresh()
    this.#frames.accept(chunk, message => this.#dispatch(message))
    return true
  }

  #dispatch(message: Uint8Array): void {
    if (message.length < 2) return
    const id = ((message[0] as number) << 8) | (message[1] as number)
    const conversation = this.#conversations.get(id)
    if (conversation?.onMessage(message) !== 'done') return
    this.#conversations.delete(id)
    if (this.#conversations.size === 0) this.#rest()
  }

  #listen(): void {
    this.#silence = setTimeout(() => this.#end(timedOut(this.#endpoint, this.#silenceMs)), this.#silenceMs)
  }

  #rest(): void {
    clearTimeout(this.#silence)
    this.#silence = undefined
  }

  #end(why: Failure): void {
    if (this.#ended !== undefined) return
    this.#ended = why
    this.#rest()
    if (this.#conversations.size > 0) reset(this.#socket)
    else this.#socket.destroy()
    const left = [...this.#conversations.values()]
    this.#conversations.clear()
    for (const conversation of left) conversation.onFailure(why)
    this.#onEnd(why)
  }
}

const ABANDONED: Conversation = {
  request: () => new Uint8Array(),
  onMessage: () => 'more',
  onFailure: () => undefined,
}
