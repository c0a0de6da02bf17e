import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DomainName, KEY_ALGORITHMS, SharedKey } from '../../../src/core/base/index.ts'
import {
  RECORD_TYPES,
  TsigConversation,
  UNSIGNED_MESSAGES_MAX,
  writeQuery,
} from '../../../src/core/dns/index.ts'
import {
  precedingMac,
  type Tsig,
  tsigAlgorithm,
  tsigKeyName,
  tsigMac,
  tsigTimers,
  tsigVariables,
} from '../../../src/core/dns/signatures/tsig.ts'
import { appendTsig, takeTsig } from '../../../src/core/dns/signatures/tsig-record.ts'

const NOW = 1_700_000_000
const key = new SharedKey('fleet.example', 'hmac-sha256', Buffer.alloc(32, 1))
const request = writeQuery({ name: 'a.example' as DomainName, type: RECORD_TYPES.AXFR }, 42)

/** A server that knows the key: what it would send, message by message (RFC 8945 section 5.3). */
class Answering {
  #preceding: Uint8Array
  #unsigned: Uint8Array[] = []
  #first = true
  readonly key: SharedKey

  constructor(signed: Uint8Array, by: SharedKey) {
    const taken = takeTsig(signed)
    if (!taken.ok || taken.value.tsig === undefined) throw new Error('the request is signed')
    this.#preceding = taken.value.tsig.mac
    this.key = by
  }

  sign(message: Uint8Array, change: Partial<Tsig> = {}): Uint8Array {
    const fields = {
      keyName: tsigKeyName(this.key),
      algorithmName: tsigAlgorithm(this.key).name,
      timeSigned: NOW,
      fudgeS: 300,
      error: 0,
      other: new Uint8Array(),
      ...change,
    }
    const covered = this.#first ? tsigVariables(fields) : tsigTimers(fields)
    const mac = tsigMac(this.key, [precedingMac(this.#preceding), ...this.#unsigned, message, covered])
    this.#preceding = mac
    this.#unsigned = []
    this.#first = false
    return appendTsig(message, { mac, originalId: 42, ...fields, ...change })
  }

  pass(message: Uint8Array): Uint8Array {
    this.#unsigned.push(message)
    return message
  }
}

function begin(by = key): { conversation: TsigConversation; server: Answering } {
  const conversation = new TsigConversation(key, request, NOW)
  return { conversation, server: new Answering(conversation.request, by) }
}

describe('a signed exchange', () => {
  test.each(KEY_ALGORITHMS)('with %s verifies', algorithm => {
    const own = new SharedKey('k', algorithm, Buffer.from('secret'))
    const conversation = new TsigConversation(own, request, NOW)
    const server = new Answering(conversation.request, own)
    expect(conversation.accept(server.sign(request), NOW)).toEqual({ ok: true, value: request })
    expect(conversation.settled).toBe(true)
  })

  test('carries up to 99 unsigned messages between signed ones, and no more', () => {
    const { conversation, server } = begin()
    expect(conversation.accept(server.sign(request), NOW).ok).toBe(true)
    for (let count = 0; count < UNSIGNED_MESSAGES_MAX; count++) {
      const lent = Buffer.from(server.pass(request))
      expect(conversation.accept(lent, NOW).ok).toBe(true)
      // A message is the conversation's during the call only, and a Buffer's slice() would be no copy.
      lent.fill(0)
    }
    expect(conversation.settled).toBe(false)
    expect(conversation.accept(server.sign(request), NOW).ok).toBe(true)
    expect(conversation.settled).toBe(true)
    for (let count = 0; count < UNSIGNED_MESSAGES_MAX; count++) conversation.accept(server.pass(request), NOW)
    expect(conversation.accept(request, NOW)).toMatchObject({ error: { kind: 'reply-unsigned' } })
  })

  test('notices a change in an unsigned message when the next signature comes', () => {
    const { conversation, server } = begin()
    conversation.accept(server.sign(request), NOW)
    const changed = server.pass(request).slice()
    changed[2] = 0x80
    expect(conversation.accept(changed, NOW).ok).toBe(true)
    expect(conversation.accept(server.sign(request), NOW)).toMatchObject({
      error: { kind: 'reply-bad-signature' },
    })
  })

  test('refuses an answer whose first message is unsigned', () => {
    expect(begin().conversation.accept(request, NOW)).toMatchObject({ error: { kind: 'reply-unsigned' } })
  })

  test('refuses an answer signed with another secret, key, or at another time, each by name', () => {
    const impostor = new SharedKey('fleet.example', 'hmac-sha256', Buffer.alloc(32, 2))
    const stranger = new SharedKey('other.example', 'hmac-sha256', Buffer.alloc(32, 1))
    const said = ({ conversation, server }: ReturnType<typeof begin>, change?: Partial<Tsig>): unknown =>
      conversation.accept(server.sign(request, change), NOW)
    expect(said(begin(impostor))).toMatchObject({ error: { kind: 'reply-bad-signature' } })
    expect(said(begin(stranger))).toMatchObject({ error: { kind: 'reply-other-key' } })
    expect(said(begin(), { timeSigned: NOW - 301 })).toMatchObject({
      error: { kind: 'reply-bad-time', serverTimeS: NOW - 301 },
    })
    expect(said(begin(), { timeSigned: NOW - 300 })).toMatchObject({ ok: true })
    expect(said(begin(), { mac: new Uint8Array(16) })).toMatchObject({
      error: { kind: 'reply-bad-truncation' },
    })
  })

  test.each([
    [16, 'server-bad-signature'],
    [17, 'server-bad-key'],
  ] as const)('believes error %i without a signature, as it cannot have one', (error, kind) => {
    const { conversation, server } = begin()
    expect(conversation.accept(server.sign(request, { error, mac: new Uint8Array() }), NOW)).toMatchObject({
      error: { kind },
    })
  })

  test('tells the clock of a server that answers BADTIME', () => {
    const { conversation, server } = begin()
    const other = Buffer.alloc(6)
    other.writeUIntBE(NOW + 9_999, 0, 6)
    expect(conversation.accept(server.sign(request, { error: 18, other }), NOW)).toMatchObject({
      error: { kind: 'server-bad-time', serverTimeS: NOW + 9_999 },
    })
  })

  test('notices a change of any single byte', () => {
    const signed = begin().server.sign(request)
    fc.assert(
      fc.property(fc.nat(signed.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const mangled = signed.slice()
        mangled[at] = (mangled[at] as number) ^ flip
        const accepted = begin().conversation.accept(mangled, NOW)
        // The id is restored from the TSIG record, and names are compared without case: neither is content.
        if (accepted.ok) expect(accepted.value).toEqual(request)
      }),
    )
  })
})
