import packet from 'dns-packet'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DomainName } from '../../../src/core/base/index.ts'
import {
  RECORD_TYPES,
  readMessage,
  readSoaSerial,
  readTxt,
  writeMessage,
  writeQuery,
} from '../../../src/core/dns/index.ts'
import { anyMessage } from './arbitraries.ts'

describe('a message', () => {
  test('comes back as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(anyMessage, message => {
        const written = writeMessage(message)
        expect(written.ok && readMessage(written.value)).toEqual({ ok: true, value: message })
      }),
    )
  })

  test('cut anywhere is a problem and nothing else', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), (message, cut) => {
        const written = writeMessage(message)
        if (!written.ok) return
        expect(readMessage(written.value.subarray(0, cut % written.value.length)).ok).toBe(false)
      }),
    )
  })

  test('of any bytes at all is read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        expect(typeof readMessage(bytes).ok).toBe('boolean')
      }),
    )
  })

  test('with bytes after its end is refused', () => {
    const query = writeQuery({ name: 'a.example' as DomainName, type: RECORD_TYPES.SOA }, 1)
    expect(readMessage(Buffer.concat([query, Buffer.from([0])]))).toEqual({
      ok: false,
      error: 'bytes follow the last record',
    })
  })
})

describe('against dns-packet', () => {
  test('a query is read there as it was meant', () => {
    const query = writeQuery({ name: 'www.a.example' as DomainName, type: RECORD_TYPES.SOA }, 4711)
    expect(packet.decode(Buffer.from(query))).toMatchObject({
      id: 4711,
      type: 'query',
      questions: [{ name: 'www.a.example', type: 'SOA', class: 'IN' }],
    })
  })

  test('compressed names in data are expanded as it wrote them', () => {
    const bytes = packet.encode({
      id: 7,
      type: 'response',
      flags: packet.AUTHORITATIVE_ANSWER,
      questions: [{ name: 'a.example', type: 'SOA' }],
      answers: [
        {
          name: 'a.example',
          type: 'SOA',
          ttl: 60,
          data: {
            mname: 'ns.a.example',
            rname: 'hostmaster.a.example',
            serial: 4_294_967_295,
            refresh: 1,
            retry: 2,
            expire: 3,
            minimum: 4,
          },
        },
        { name: 'a.example', type: 'MX', ttl: 60, data: { preference: 10, exchange: 'mail.a.example' } },
        { name: 'a.example', type: 'TXT', ttl: 60, data: ['one', 'zwei'] },
      ],
    })
    const message = readMessage(bytes)
    if (!message.ok) throw new Error(message.error)
    const [soa, mx, txt] = message.value.answers
    expect(message.value.flags.authoritative).toBe(true)
    expect(readSoaSerial(soa?.rdata ?? new Uint8Array())).toEqual({ ok: true, value: 4_294_967_295 })
    expect(Buffer.from(mx?.rdata ?? []).toString('latin1')).toBe('\0\n\x04mail\x01a\x07example\0')
    expect(readTxt(txt?.rdata ?? new Uint8Array())).toEqual({ ok: true, value: ['one', 'zwei'] })
  })
})

describe('a compressed name', () => {
  const header = [0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0]

  test.each([
    ['points at itself', [0xc0, 12, 0, 6, 0, 1]],
    ['points forwards', [0xc0, 14, 0, 0, 6, 0, 1]],
    ['goes round through a label', [1, 97, 0xc0, 12, 0, 6, 0, 1]],
  ])('that %s is refused', (_case, question) => {
    expect(readMessage(Uint8Array.from([...header, ...question]))).toEqual({
      ok: false,
      error: 'a compression pointer does not point backwards',
    })
  })

  test('with a label of an unknown type is refused', () => {
    const bytes = Uint8Array.from([...header, 0x41, 0, 0, 6, 0, 1])
    expect(readMessage(bytes)).toEqual({ ok: false, error: 'a label has an unknown type' })
  })
})
