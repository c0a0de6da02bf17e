import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KEY_ALGORITHMS, SharedKey } from '../../../src/core/base/index.ts'
import { encodeTable, openMessage, signMessage } from '../../../src/core/rndc/index.ts'

const secret = Buffer.from('a secret of no importance')
const table = new Map([['_data', new Map([['type', Buffer.from('status')]])]])

describe.each(KEY_ALGORITHMS)('a message signed with %s', algorithm => {
  const key = new SharedKey('key', algorithm, secret)
  const message = signMessage(table, key)

  it('is opened with the same key', () => {
    const opened = openMessage(message, key)
    expect(opened.ok && [...opened.value.keys()]).toEqual(['_data'])
  })

  it('has a signature of the size that named expects', () => {
    const authLength = algorithm === 'hmac-md5' ? 43 : 110
    expect(message.length).toBe(4 + authLength + encodeTable(table).length)
  })

  it('is not opened with another secret, or another algorithm', () => {
    const others = KEY_ALGORITHMS.filter(other => other !== algorithm)
    const keys = [
      new SharedKey('key', algorithm, Buffer.from('another')),
      ...others.map(other => new SharedKey('key', other, secret)),
    ]
    for (const other of keys) {
      expect(openMessage(message, other)).toEqual({ ok: false, error: 'its signature is wrong' })
    }
  })

  it('is not opened when a single bit of it has changed', () => {
    fc.assert(
      fc.property(fc.nat(message.length - 1), fc.nat(7), (at, bit) => {
        const mangled = Buffer.from(message)
        mangled[at] = (mangled[at] as number) ^ (1 << bit)
        expect(openMessage(mangled, key).ok).toBe(false)
      }),
    )
  })
})

describe('a message', () => {
  const key = new SharedKey('key', 'hmac-sha256', secret)

  it('is refused without a signature, and in another version', () => {
    const unsigned = Buffer.concat([
      Buffer.from([0, 0, 0, 1]),
      Buffer.from('\x05_data\x02\0\0\0\0', 'latin1'),
    ])
    expect(openMessage(unsigned, key)).toEqual({ ok: false, error: 'it is not signed' })
    const later = Buffer.from(signMessage(table, key))
    later.writeUInt32BE(2)
    expect(openMessage(later, key)).toEqual({ ok: false, error: 'its protocol version is unknown' })
  })
})
