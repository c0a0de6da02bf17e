import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Defect, type DomainName } from '../../../src/core/base/index.ts'
import {
  CLOCK_SKEW_MAX_S,
  ControlSession,
  MESSAGE_BYTES_MAX,
  type SessionEvent,
} from '../../../src/core/rndc/index.ts'
import { exchange, exchangeKey, greetedSession, greeting } from './exchange.ts'

const { now } = exchange

describe('a session that a real named answered', () => {
  it('greets, then reads each answer', () => {
    const session = greetedSession()
    expect(session.receive(greeting, now)).toEqual([{ kind: 'ready', skewMs: 0 }])
    const replies = exchange.answers.map(({ command, answer }) => {
      session.ask(command, now, 60_000)
      const [event] = session.receive(Buffer.from(answer, 'base64'), now)
      return event?.kind === 'reply' ? [event.reply.result, event.reply.error] : event
    })
    expect(replies).toEqual([
      [0, undefined],
      [0, undefined],
      [23, 'not found'],
      [0, undefined],
    ])
  })

  it('reads an answer that comes byte by byte', () => {
    const session = greetedSession()
    const events = [...greeting].flatMap(byte => session.receive(Uint8Array.of(byte), now))
    expect(events).toEqual([{ kind: 'ready', skewMs: 0 }])
  })

  it('says how far the clocks are apart, and refuses what is too far', () => {
    const seen = (skewS: number) => greetedSession().receive(greeting, now - skewS * 1000)
    expect(seen(CLOCK_SKEW_MAX_S)).toEqual([{ kind: 'ready', skewMs: CLOCK_SKEW_MAX_S * 1000 }])
    expect(seen(-CLOCK_SKEW_MAX_S)).toEqual([{ kind: 'ready', skewMs: -CLOCK_SKEW_MAX_S * 1000 }])
    expect(seen(CLOCK_SKEW_MAX_S + 1)).toEqual(broken('the clocks differ too much'))
  })

  it('refuses an answer that has expired by the server’s own clock', () => {
    const session = readySession()
    const [first] = exchange.answers
    session.ask(first?.command ?? { kind: 'status' }, now, 60_000)
    const answer = Buffer.from(first?.answer ?? '', 'base64')
    expect(session.receive(answer, now + 62_000)).toEqual(broken('it has expired'))
  })

  it('refuses an answer to another command', () => {
    const session = readySession()
    session.ask({ kind: 'status' }, now, 60_000)
    const second = Buffer.from(exchange.answers[1]?.answer ?? '', 'base64')
    expect(session.receive(second, now)).toEqual(broken('it answers another command'))
  })

  it('refuses an answer that nobody asked for, and reads nothing after it', () => {
    const session = readySession()
    expect(session.receive(greeting, now)).toEqual(broken('it came unasked'))
    expect(session.state).toBe('broken')
    expect(session.receive(greeting, now)).toEqual([])
  })

  it('stops at a length that no answer has, before the answer comes', () => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(MESSAGE_BYTES_MAX + 1)
    expect(greetedSession().receive(length, now)).toEqual(broken('it is too large'))
  })

  it('neither throws nor believes an answer that was changed on the way', () => {
    fc.assert(
      fc.property(fc.nat(greeting.length - 1), fc.nat(254), fc.nat(3), (at, change, cut) => {
        const mangled = Buffer.from(greeting.subarray(0, greeting.length - cut))
        mangled[Math.min(at, mangled.length - 1)] =
          ((mangled[Math.min(at, mangled.length - 1)] ?? 0) + 1 + change) % 256
        expect(greetedSession().receive(mangled, now)).not.toContainEqual({ kind: 'ready', skewMs: 0 })
      }),
    )
  })
})

describe('a session', () => {
  it('takes one command at a time', () => {
    const session = readySession()
    const command = { kind: 'showzone', zone: { name: 'example' as DomainName } } as const
    session.ask(command, now, 60_000)
    expect(() => session.ask(command, now, 60_000)).toThrow(Defect)
  })

  it('never uses a serial twice', () => {
    const session = new ControlSession({ key: exchangeKey, serialFirst: 2 ** 32 - 1 })
    expect(Buffer.from(session.greet(now)).toString('latin1')).toContain('_ser\x01\0\0\0\x010')
  })
})

function readySession(): ControlSession {
  const session = greetedSession()
  session.receive(greeting, now)
  return session
}

function broken(because: Extract<SessionEvent, { kind: 'broken' }>['because']): SessionEvent[] {
  return [{ kind: 'broken', because }]
}
