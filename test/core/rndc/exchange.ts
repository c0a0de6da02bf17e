import { readFileSync } from 'node:fs'
import { SharedKey } from '../../../src/core/base/index.ts'
import { type ControlCommand, ControlSession } from '../../../src/core/rndc/index.ts'

type Exchange = {
  readonly secret: string
  readonly serialFirst: number
  readonly now: number
  readonly greeting: string
  readonly answers: readonly { readonly command: ControlCommand; readonly answer: string }[]
}

/** What BIND 9.18.49 really answered, once, to a session that started with `serialFirst` at `now`. */
export const exchange = JSON.parse(
  readFileSync(new URL('../../corpus/rndc/exchange-9.18.49.json', import.meta.url), 'utf8'),
) as Exchange

export const exchangeKey = new SharedKey('k', 'hmac-sha256', Buffer.from(exchange.secret, 'base64'))

export const greeting = Buffer.from(exchange.greeting, 'base64')

/** A session that has greeted, as the recorded one had. */
export function greetedSession(): ControlSession {
  const session = new ControlSession({ key: exchangeKey, serialFirst: exchange.serialFirst })
  session.greet(exchange.now)
  return session
}
