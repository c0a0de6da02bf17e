import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  readAddress,
  readBytes,
  readDestination,
  readSeconds,
} from '../../../src/core/fleetfile/formats/index.ts'

const hexGroup = fc.integer({ min: 0, max: 0xffff }).map(group => group.toString(16))

/** Addresses, and texts that are nearly one. */
const nearlyAddress = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc
    .array(fc.oneof(hexGroup, fc.constantFrom('', '0', '00', '10.0.0.1', 'g')), { maxLength: 9 })
    .map(parts => parts.join(':')),
  fc.array(fc.constantFrom('0', '1', '01', '255', '256', ''), { maxLength: 5 }).map(parts => parts.join('.')),
)

describe('an address', () => {
  it('is what Node takes for one', () => {
    fc.assert(
      fc.property(nearlyAddress, text => {
        expect(readAddress(text).ok).toBe(isIP(text) !== 0)
      }),
      { numRuns: 5000 },
    )
  })

  it('has one form, as URLs have', () => {
    fc.assert(
      fc.property(fc.ipV6(), text => {
        const address = readAddress(text)
        expect(address.ok && `[${address.value}]`).toBe(new URL(`http://[${text}]/`).hostname)
      }),
    )
  })

  it.each(['fe80::1%eth0', '[::1]', '192.0.2.1/24', 'ns1.example.net', ''])('is not %j', text => {
    expect(readAddress(text).ok).toBe(false)
  })
})

describe('a quantity', () => {
  it.each([
    ['0s', 0],
    ['90s', 90],
    ['5 m', 300],
    ['2h', 7200],
  ])('%s is %i seconds', (text, seconds) => {
    expect(readSeconds(text)).toEqual({ ok: true, value: seconds })
  })

  it.each([
    ['512B', 512],
    ['100 MiB', 104_857_600],
    ['2TiB', 2_199_023_255_552],
  ])('%s is %i bytes', (text, bytes) => {
    expect(readBytes(text)).toEqual({ ok: true, value: bytes })
  })

  it.each(['5', '5 sec', '-1s', '1.5m', '1 MB', ' 1s', '1s\n', '1e3s'])('is not %j', text => {
    expect(readSeconds(text).ok || readBytes(text).ok).toBe(false)
  })
})

describe('an ssh destination', () => {
  it.each(['ns1', 'admin@ns1.example.net', 'ssh://admin@ns1.example.net:2222', 'root@[2001:db8::1]'])(
    'is %s',
    text => {
      expect(readDestination(text).ok).toBe(true)
    },
  )

  it.each(['-oProxyCommand=x', 'a b', 'a;b', '$(a)', 'a\nb', ''])('is not %j', text => {
    expect(readDestination(text).ok).toBe(false)
  })
})
