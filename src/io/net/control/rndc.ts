import { type Clock, type Failure, fail, ok, type Result } from '../../../core/base/index.ts'
import { type ControlCommand, type ControlReply, onlyLooks } from '../../../core/rndc/index.ts'
import { commandFailed, connectionEnded, late, tooManyWaiting } from './control-failures.ts'
import { ControlSocket } from './control-socket.ts'
import type { ControlTarget } from './control-target.ts'

/** How many commands may wait for their turn on one connection; the channel does 2,000 to 5,000 a second. */
export const COMMANDS_WAITING_MAX = 1000

export type ControlOptions = {
  readonly clock: Clock
  /** How long one command may take, connecting included, in milliseconds. */
  readonly deadlineMs: number
}

/** What named answered to a command it carried out. */
export type ControlAnswer = Pick<ControlReply, 'text' | 'result' | 'sentAt'>

/** What is asked of a control connection, whatever stands between it and the one who asks. */
export type Control = Pick<ControlConnection, 'target' | 'ask' | 'livesMs' | 'end'>

/**
 * Connects to a control channel and greets it. Failures: `rndc.cannot-connect`, `rndc.not-accepted` (key, clock or
 * address not accepted: named does not say which), `rndc.clock-skew`, `rndc.untrusted-answer`, `rndc.deadline`.
 */
export async function openControl(
  target: ControlTarget,
  options: ControlOptions,
): Promise<Result<ControlConnection, Failure>> {
  const socket = await ControlSocket.open(target, options.clock, options.deadlineMs)
  return socket.ok ? ok(new ControlConnection(target, options, socket.value)) : socket
}

/**
 * A lasting connection to one server's control channel. Commands go one after another: named reads no second one while
 * it works on the first, and does not answer faster on several connections. named closes a connection that was idle for
 * 30 seconds and keeps it over `reconfig`; the next command then connects anew, once.
 */
export class ControlConnection {
  readonly target: ControlTarget
  readonly #options: ControlOptions
  #socket: ControlSocket
  #turn: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #ended = false
  /** Until when what was given without an answer may be carried out, by the monotonic clock, in milliseconds. */
  #livesUntil = 0

  constructor(target: ControlTarget, options: ControlOptions, socket: ControlSocket) {
    this.target = target
    this.#options = options
    this.#socket = socket
  }

  /** By how much the server's clock is ahead of this one, in milliseconds, to the second. */
  get skewMs(): number {
    return this.#socket.skewMs
  }

  /**
   * Gives one command, when those before it are done; waiting for them counts into the deadline. Failures: named's own (`rndc.zone-unknown`, `rndc.zone-not-loaded`,
   * `rndc.zone-not-primary`, `rndc.zone-frozen`, `rndc.zone-ambiguous`, `rndc.configuration-refused`, `rndc.command-failed`),
   * `rndc.deadline`, `rndc.closed`, `rndc.too-many-waiting`, `rndc.connection-ended`, and those of `openControl`.
   */
  async ask(
    command: ControlCommand,
    deadlineMs: number = this.#options.deadlineMs,
  ): Promise<Result<ControlAnswer, Failure>> {
    if (this.#waiting >= COMMANDS_WAITING_MAX) return fail(tooManyWaiting(this.target, COMMANDS_WAITING_MAX))
    this.#waiting++
    const waiting = new Turn(this.#options.clock, deadlineMs)
    const mine = this.#turn.then(() =>
      waiting.take() ? this.#askNow(command, waiting.leftMs) : fail(late(this.target, deadlineMs)),
    )
    this.#turn = mine.catch(() => 'the caller has the defect; the next one gets its turn')
    try {
      const reply = await Promise.race([
        mine,
        waiting.givenUp.then(() => fail(late(this.target, deadlineMs))),
      ])
      if (!reply.ok) return reply
      return reply.value.result === 0 ? reply : fail(commandFailed(this.target, command, reply.value))
    } finally {
      waiting.end()
      this.#waiting--
    }
  }

  /** How long an order of which no answer came may still be carried out, in milliseconds; 0 where none was given. */
  livesMs(): number {
    return Math.max(0, this.#livesUntil - this.#options.clock.elapsed())
  }

  /** Ends the connection; a command under way fails with `rndc.closed`, those that wait with `rndc.connection-ended`. */
  end(): void {
    this.#ended = true
    this.#socket.end()
  }

  async #askNow(command: ControlCommand, deadlineMs: number): Promise<Result<ControlReply, Failure>> {
    const began = this.#options.clock.elapsed()
    const first = await this.#askOnce(command, deadlineMs)
    if (first.ok || first.error.code !== 'rndc.closed' || !onlyLooks(command)) return first
    return this.#askOnce(command, deadlineMs - (this.#options.clock.elapsed() - began))
  }

  /** On the connection there is, or on a new one; what changes the server is never given twice. */
  async #askOnce(command: ControlCommand, deadlineMs: number): Promise<Result<ControlReply, Failure>> {
    if (this.#ended) return fail(connectionEnded(this.target))
    const began = this.#options.clock.elapsed()
    if (!this.#socket.usable) {
      this.#socket.end()
      const opened = await ControlSocket.open(this.target, this.#options.clock, deadlineMs)
      if (!opened.ok) return opened
      this.#replaceSocket(opened.value)
    }
    const leftMs = deadlineMs - (this.#options.clock.elapsed() - began)
    if (leftMs <= 0) return fail(late(this.target, deadlineMs))
    const socket = this.#socket
    const answer = await socket.ask(command, leftMs)
    if (!answer.ok && !onlyLooks(command)) this.#livesUntil = Math.max(this.#livesUntil, socket.livesUntil)
    return answer
  }

  /** `end` may have been called while the new connection was being made. */
  #replaceSocket(socket: ControlSocket): void {
    this.#socket = socket
    if (this.#ended) socket.end()
  }
}

/** One command's place in the queue: given up at its deadline, and then not carried out when its turn comes. */
class Turn {
  /** Settles when the deadline passed before the turn came. */
  readonly givenUp: Promise<void>
  readonly #clock: Clock
  readonly #until: number
  #state: 'waiting' | 'taken' | 'given up' = 'waiting'
  #timer: NodeJS.Timeout | undefined

  constructor(clock: Clock, deadlineMs: number) {
    this.#clock = clock
    this.#until = clock.elapsed() + deadlineMs
    this.givenUp = new Promise(resolve => {
      this.#timer = setTimeout(() => {
        if (this.#state !== 'waiting') return
        this.#state = 'given up'
        resolve()
      }, deadlineMs)
    })
  }

  get leftMs(): number {
    return this.#until - this.#clock.elapsed()
  }

  /** Whether the command may still be given. */
  take(): boolean {
    if (this.#state !== 'waiting' || this.leftMs <= 0) return false
    this.#state = 'taken'
    return true
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}
