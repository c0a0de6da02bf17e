import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { type Clock, type Failure, fail, invariant, ok, type Result } from '../../../core/base/index.ts'
import {
  type ControlCommand,
  type ControlReply,
  ControlSession,
  type SessionEvent,
} from '../../../core/rndc/index.ts'
import { streamTo } from '../endpoint.ts'
import { reset } from '../reset.ts'
import { cannotConnect, closed, late, notAccepted, untrusted } from './control-failures.ts'
import type { ControlTarget } from './control-target.ts'

/** named closes a connection after 30 s without a command; what is sent at that moment may be lost, so stop before. */
const IDLE_MS_MAX = 20_000

type Settle = (result: Result<SessionEvent, Failure>) => void

/**
 * One TCP connection to a control channel: greets, then carries one command after another. Whatever goes wrong, an
 * expired deadline too, ends it, because a late answer could not be told from the next one's.
 */
export class ControlSocket {
  readonly #target: ControlTarget
  readonly #clock: Clock
  readonly #socket: Socket
  readonly #session: ControlSession
  #waiting: Settle | undefined
  #ended: Failure | undefined
  #skewMs = 0
  #livesUntil = 0
  #usedAt: number

  private constructor(target: ControlTarget, clock: Clock) {
    this.#target = target
    this.#clock = clock
    this.#usedAt = clock.elapsed()
    this.#session = new ControlSession({ key: target.key, serialFirst: randomBytes(4).readUInt32BE(0) })
    this.#socket = connect({ ...streamTo(target.endpoint), noDelay: true })
    this.#socket.on('connect', () => this.#socket.write(this.#session.greet(this.#clock.now())))
    this.#socket.on('data', chunk => this.#receive(chunk))
    this.#socket.on('error', error => this.#end(this.#closedBecause(error)))
    this.#socket.on('close', () => this.#end(this.#closedBecause('named closed the connection')))
    this.#socket.unref()
  }

  /** Connects and greets, within `deadlineMs`. */
  static async open(
    target: ControlTarget,
    clock: Clock,
    deadlineMs: number,
  ): Promise<Result<ControlSocket, Failure>> {
    const socket = new ControlSocket(target, clock)
    const event = await socket.#await(deadlineMs)
    if (!event.ok) return event
    invariant(event.value.kind === 'ready', 'a greeting is answered by ready')
    socket.#skewMs = event.value.skewMs
    return ok(socket)
  }

  /** False once the connection can't be trusted to carry a further command. */
  get usable(): boolean {
    return this.#ended === undefined && this.#clock.elapsed() - this.#usedAt < IDLE_MS_MAX
  }

  /** By how much the server's clock is ahead of this one, in milliseconds, to the second. */
  get skewMs(): number {
    return this.#skewMs
  }

  /** When the last command that was given can't be carried out any more, by the monotonic clock, in milliseconds. */
  get livesUntil(): number {
    return this.#livesUntil
  }

  async ask(command: ControlCommand, deadlineMs: number): Promise<Result<ControlReply, Failure>> {
    if (this.#ended !== undefined) return fail(this.#ended)
    this.#livesUntil = this.#clock.elapsed() + this.#session.lifeMaxMs(deadlineMs)
    this.#socket.write(this.#session.ask(command, this.#clock.now(), deadlineMs))
    const event = await this.#await(deadlineMs)
    if (!event.ok) return event
    invariant(event.value.kind === 'reply', 'a command is answered by a reply')
    return ok(event.value.reply)
  }

  end(): void {
    this.#end(closed(this.#target, 'Baton ended the connection'))
  }

  #await(deadlineMs: number): Promise<Result<SessionEvent, Failure>> {
    const began = this.#clock.elapsed()
    this.#socket.ref()
    return new Promise(resolve => {
      const timer = setTimeout(() => this.#end(this.#late(this.#clock.elapsed() - began)), deadlineMs)
      this.#waiting = result => {
        clearTimeout(timer)
        this.#waiting = undefined
        this.#usedAt = this.#clock.elapsed()
        this.#socket.unref()
        resolve(result)
      }
    })
  }

  #receive(chunk: Uint8Array): void {
    for (const event of this.#session.receive(chunk, this.#clock.now())) {
      if (event.kind === 'broken') this.#end(untrusted(this.#target, event.because))
      else this.#waiting?.(ok(event))
    }
  }

  /** Only the first reason counts; what comes later follows from it. */
  #end(because: Failure): void {
    this.#ended ??= because
    reset(this.#socket)
    this.#waiting?.(fail(this.#ended))
  }

  #late(elapsedMs: number): Failure {
    if (this.#session.state !== 'new') return late(this.#target, elapsedMs)
    return cannotConnect(this.#target, `nothing came back within ${Math.round(elapsedMs)} ms`)
  }

  #closedBecause(cause: Error | string): Failure {
    switch (this.#session.state) {
      case 'new':
        return cannotConnect(this.#target, cause)
      case 'greeting':
        return notAccepted(this.#target)
      case 'idle':
      case 'asking':
      case 'broken':
        return closed(this.#target, typeof cause === 'string' ? cause : cause.message)
    }
  }
}
