import { createSocket, type Socket } from 'node:dgram'
import { isIPv4 } from 'node:net'
import { type Failure, fail, ok, type Result } from '../../../core/base/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { closedEarly, notReachable, tooManyInFlight } from '../net-failure.ts'
import type { Conversation } from './dns-stream.ts'
import { RandomIds } from './random-ids.ts'

const RECEIVE_BYTES = 1_048_576

/**
 * A UDP socket for one server with many questions in flight. It is connected, so the kernel chooses a random port, lets
 * in only what comes from that server, and reports a refused port.
 */
export class DnsDatagrams {
  readonly #endpoint: Endpoint
  readonly #socket: Socket
  readonly #conversations = new Map<number, Conversation>()
  readonly #ids = new RandomIds()
  #ended: Failure | undefined

  static open(endpoint: Endpoint): Promise<Result<DnsDatagrams, Failure>> {
    return new Promise(resolve => {
      const type = isIPv4(endpoint.address) ? 'udp4' : 'udp6'
      const socket = createSocket({ type, recvBufferSize: RECEIVE_BYTES })
      socket.once('error', cause => {
        socket.close()
        resolve(fail(notReachable(endpoint, cause)))
      })
      socket.connect(endpoint.port, endpoint.address, () => {
        socket.removeAllListeners('error')
        resolve(ok(new DnsDatagrams(endpoint, socket)))
      })
    })
  }

  private constructor(endpoint: Endpoint, socket: Socket) {
    this.#endpoint = endpoint
    this.#socket = socket
    socket.on('message', message => this.#dispatch(message))
    // A refused port is reported to the socket, not to a question: all that wait are told.
    socket.on('error', cause => this.#failAll(notReachable(endpoint, cause)))
  }

  get ended(): Failure | undefined {
    return this.#ended
  }

  /** Starts a conversation; gives its id, to `abandon` it. `onFailure` is called when it cannot start. */
  ask(conversation: Conversation): number | undefined {
    const id = this.#ended === undefined ? this.#ids.next(this.#conversations) : undefined
    if (id === undefined) {
      conversation.onFailure(this.#ended ?? tooManyInFlight(this.#endpoint))
      return undefined
    }
    this.#conversations.set(id, conversation)
    this.#socket.send(conversation.request(id), cause => {
      if (cause !== null) this.#failAll(notReachable(this.#endpoint, cause))
    })
    return id
  }

  abandon(id: number): void {
    this.#conversations.delete(id)
  }

  close(): void {
    if (this.#ended !== undefined) return
    this.#ended = closedEarly(this.#endpoint, undefined)
    this.#socket.close()
    this.#failAll(this.#ended)
  }

  #dispatch(message: Uint8Array): void {
    if (message.length < 2) return
    const id = ((message[0] as number) << 8) | (message[1] as number)
    if (this.#conversations.get(id)?.onMessage(message) === 'done') this.#conversations.delete(id)
  }

  #failAll(why: Failure): void {
    const waiting = [...this.#conversations.values()]
    this.#conversations.clear()
    for (const conversation of waiting) conversation.onFailure(why)
  }
}
