import { fail, type Instant, invariant, ok, type Result, type SharedKey } from '../base/index.ts'
import { type ControlCommand, printCommand } from './command.ts'
import { FrameReader, frame } from './frames.ts'
import { type MessageProblem, openMessage, signMessage } from './message.ts'
import type { Table, Value } from './table.ts'

/** How far apart the two clocks may be, in seconds: named refuses what was sent earlier or later than this. */
export const CLOCK_SKEW_MAX_S = 300
/** How long a greeting stays valid, in seconds: as long as clocks may differ, because the server's is not known yet. */
const GREETING_LIFETIME_S = CLOCK_SKEW_MAX_S
/** By how much the server's clock, told in whole seconds, may be ahead of what the greeting showed, in seconds. */
const CLOCK_UNCERTAINTY_S = 2
/** Until when after its deadline, in whole seconds, an order may still be carried out, in milliseconds; a slow greeting adds what it took. */
export const ORDER_LATE_MAX_MS = (CLOCK_UNCERTAINTY_S + 2) * 1000
const NUMBER_SPACE = 2 ** 32

/** What named answered; `result` is 0 when it did as told, else `error` has named's words for it. */
export type ControlReply = {
  readonly result: number
  readonly error: string | undefined
  readonly text: string
  /** By the server's own clock, which tells whole seconds here. */
  readonly sentAt: Instant
}

/** Why an answer can't be trusted, in words that fit after "because". */
export type SessionProblem =
  | MessageProblem
  | 'it is too large'
  | 'it came unasked'
  | 'it answers another command'
  | 'it lacks a field'
  | 'its nonce is wrong'
  | 'the clocks differ too much'
  | 'it has expired'

/** What follows from bytes that came: after `broken` the connection is of no more use. */
export type SessionEvent =
  | { readonly kind: 'ready'; readonly skewMs: number }
  | { readonly kind: 'reply'; readonly reply: ControlReply }
  | { readonly kind: 'broken'; readonly because: SessionProblem }

/** Where a session stands: one command at a time, because named drops what comes while it works on another. */
export type SessionState = 'new' | 'greeting' | 'idle' | 'asking' | 'broken'

/** What a session starts from; `serialFirst` must be random, 0 to 2^32 - 1: named refuses a number it saw before. */
export type SessionStart = { readonly key: SharedKey; readonly serialFirst: number }

/**
 * One control connection (BIND's lib/isccc) without its socket: bytes and the time of day in, events and bytes out.
 * The greeting (`null`) brings the nonce that every later command repeats; every answer's signature is checked.
 */
export class ControlSession {
  readonly #key: SharedKey
  readonly #frames = new FrameReader()
  #state: SessionState = 'new'
  #serial: number
  #nonce: string | undefined
  #skewS = 0
  #greetedAt: Instant = 0
  /** How long the greeting took, in whole seconds: so much older may the server's time be than it seems. */
  #greetingS = 0

  constructor(start: SessionStart) {
    invariant(start.serialFirst >= 0 && start.serialFirst < NUMBER_SPACE, 'a serial has 32 bits')
    this.#key = start.key
    this.#serial = start.serialFirst
  }

  get state(): SessionState {
    return this.#state
  }

  /** The first bytes of a connection; `ready` follows. */
  greet(now: Instant): Uint8Array {
    invariant(this.#state === 'new', 'a session greets once')
    this.#state = 'greeting'
    this.#greetedAt = now
    return this.#message('null', now, Math.floor(now / 1000) + GREETING_LIFETIME_S)
  }

  /**
   * The bytes of a command; `reply` follows. By the server's own clock it expires when `lifeMs` are over, so that named does not
   * carry out what the network held back until it was given up.
   */
  ask(command: ControlCommand, now: Instant, lifeMs: number): Uint8Array {
    invariant(this.#state === 'idle', 'a session has one command under way')
    this.#state = 'asking'
    const lifeS = Math.ceil(lifeMs / 1000) + CLOCK_UNCERTAINTY_S + this.#greetingS
    return this.#message(printCommand(command), now, Math.floor(now / 1000) + this.#skewS + lifeS)
  }

  /** How long after `ask` the command may still be carried out at most, in milliseconds, whatever holds it back. */
  lifeMaxMs(lifeMs: number): number {
    return (Math.ceil(lifeMs / 1000) + this.#greetingS) * 1000 + ORDER_LATE_MAX_MS
  }

  /** Takes what came from the socket, in pieces of any size. */
  receive(chunk: Uint8Array, now: Instant): readonly SessionEvent[] {
    if (this.#state === 'broken') return []
    const messages = this.#frames.push(chunk)
    if (messages === 'too large') return [this.#break('it is too large')]
    const events: SessionEvent[] = []
    for (const message of messages) {
      const read = this.#read(message, now)
      events.push(read.ok ? read.value : this.#break(read.error))
      if (!read.ok) break
    }
    return events
  }

  #message(text: string, now: Instant, expiresS: number): Uint8Array {
    this.#serial = (this.#serial + 1) % NUMBER_SPACE
    const sentS = Math.floor(now / 1000)
    const control: [string, Value][] = [
      ['_ser', bytesOf(this.#serial)],
      ['_tim', bytesOf(sentS)],
      ['_exp', bytesOf(expiresS)],
    ]
    if (this.#nonce !== undefined) control.push(['_nonce', bytesOf(this.#nonce)])
    const table = new Map([
      ['_ctrl', new Map(control)],
      ['_data', new Map([['type', bytesOf(text)]])],
    ])
    return frame(signMessage(table, this.#key))
  }

  #read(message: Uint8Array, now: Instant): Result<SessionEvent, SessionProblem> {
    if (this.#state !== 'greeting' && this.#state !== 'asking') return fail('it came unasked')
    const opened = openMessage(message, this.#key)
    if (!opened.ok) return opened
    const checked = this.#check(fieldsOf(opened.value, '_ctrl'), now)
    if (!checked.ok) return checked
    const greeted = this.#state === 'greeting'
    this.#state = 'idle'
    if (greeted) return ok({ kind: 'ready', skewMs: this.#skewS * 1000 })
    return readReply(fieldsOf(opened.value, '_data'), checked.value)
  }

  /** The answer must be to this very command, of this connection, and fresh by the server's own clock; when it was sent by that. */
  #check(control: Fields, now: Instant): Result<Instant, SessionProblem> {
    const serial = control.get('_ser')
    const nonce = control.get('_nonce')
    const sentS = numberIn(control.get('_tim'))
    const expiresS = numberIn(control.get('_exp'))
    if (nonce === undefined || sentS === undefined || expiresS === undefined) return fail('it lacks a field')
    if (serial !== String(this.#serial) || control.get('_rpl') !== '1')
      return fail('it answers another command')
    const nowS = Math.floor(now / 1000)
    if (this.#nonce === undefined) {
      this.#nonce = nonce
      this.#skewS = sentS - nowS
      this.#greetingS = Math.min(CLOCK_SKEW_MAX_S, Math.max(0, Math.floor((now - this.#greetedAt) / 1000)))
    }
    if (nonce !== this.#nonce) return fail('its nonce is wrong')
    if (Math.abs(this.#skewS) > CLOCK_SKEW_MAX_S) return fail('the clocks differ too much')
    return nowS + this.#skewS > expiresS ? fail('it has expired') : ok(sentS * 1000)
  }

  #break(because: SessionProblem): SessionEvent {
    this.#state = 'broken'
    return { kind: 'broken', because }
  }
}

type Fields = ReadonlyMap<string, string>

/** The plain fields of a part of a message; a part that is missing has none. */
function fieldsOf(table: Table, part: string): Fields {
  const value = table.get(part)
  const entries = value instanceof Map ? [...(value as Table)] : []
  return new Map(
    entries.flatMap(([name, field]) => (field instanceof Uint8Array ? [[name, textOf(field)]] : [])),
  )
}

function readReply(data: Fields, sentAt: Instant): Result<SessionEvent, SessionProblem> {
  const result = numberIn(data.get('result'))
  if (result === undefined) return fail('it lacks a field')
  const [error, text] = [data.get('err'), data.get('text') ?? '']
  return ok({ kind: 'reply', reply: { result, error, text, sentAt } })
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined
}

function bytesOf(value: number | string): Uint8Array {
  return new TextEncoder().encode(String(value))
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
}
