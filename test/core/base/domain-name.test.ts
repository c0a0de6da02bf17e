import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelsOf, nameFromLabels, parseDomainName } from '../../../src/core/base/index.ts'

const labels = fc.uint8Array({ minLength: 1, maxLength: 63 })
const names = fc.array(labels, { maxLength: 4 }).filter(name => nameFromLabels(name).ok)

describe('a domain name', () => {
  it.each([
    ['Example.COM.', 'example.com'],
    ['example.com', 'example.com'],
    ['.', '.'],
    ['a\\.b.example', 'a\\.b.example'],
    ['\\065bc', 'abc'],
    ['a\\000b', 'a\\000b'],
    ['\\@.example', '\\@.example'],
    ['bücher.example', 'b\\195\\188cher.example'],
  ])('%s is canonically %s', (text, canonical) => {
    expect(parseDomainName(text)).toEqual({ ok: true, value: canonical })
  })

  it.each([
    ['', 'empty'],
    ['a..b', 'empty label'],
    ['.a', 'empty label'],
    ['a\\', 'bad escape'],
    ['a\\25', 'bad escape'],
    ['a\\256', 'bad escape'],
    ['x'.repeat(64), 'label over 63 bytes'],
    [Array(5).fill('x'.repeat(60)).join('.'), 'name over 255 bytes'],
  ])('%s is none', (text, problem) => {
    expect(parseDomainName(text)).toEqual({ ok: false, error: problem })
  })

  it('of any bytes reads back from its canonical form', () => {
    fc.assert(
      fc.property(names, name => {
        const canonical = nameFromLabels(name)
        expect(canonical.ok && parseDomainName(canonical.value)).toEqual(canonical)
      }),
    )
  })

  it('gives its labels back, in lower case', () => {
    fc.assert(
      fc.property(names, name => {
        const canonical = nameFromLabels(name)
        expect(canonical.ok && labelsOf(canonical.value)).toEqual(name.map(lowerCase))
      }),
    )
  })
})

/** RFC 4343: only ASCII letters have case. */
function lowerCase(label: Uint8Array): Uint8Array {
  return label.map(byte => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte))
}
