import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeConf, encodeConf, parse, print, quote, textOf } from '../../../src/core/namedconf/index.ts'
import { fuzzNamedconf } from '../../../tools/fuzz/namedconf.ts'
import { checkconfText } from './checkconf.ts'

const FUZZ_INPUTS = 5_000

it('gives any text back', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'{};"\\/*#!a \n') }),
  )
  fc.assert(fc.property(anyText, text => print(parse(text)) === text))
})

it('gives any bytes back', () => {
  fc.assert(fc.property(fc.uint8Array(), bytes => Buffer.from(encodeConf(decodeConf(bytes))).equals(bytes)))
})

it('decodes UTF-8 to its characters, and every other byte to one that is its own', () => {
  expect(decodeConf(new TextEncoder().encode('\ufeffé 💩 \ufffd'))).toBe('\ufeffé 💩 \ufffd')
  expect(decodeConf(Uint8Array.of(0x61, 0xff, 0xc3, 0xa9, 0xed, 0xa0, 0x80))).toBe(
    'a\udcffé\udced\udca0\udc80',
  )
})

it('holds against what breaks parsers', () => {
  expect(fuzzNamedconf(1, FUZZ_INPUTS).failures).toEqual([])
})

it('quotes whatever can be quoted, and reads it back', () => {
  const anyValue = fc.string({ unit: fc.constantFrom(...'ab"\\ ;\n') })
  fc.assert(
    fc.property(anyValue, value => {
      const quoted = quote(value)
      if (quoted === undefined) expect(value).toMatch(/\\("|$)/)
      else expect(parse(`a ${quoted};`).statements[0]?.parts.map(textOf)).toEqual(['a', value])
    }),
  )
})

it('quotes as named reads: what cannot be quoted would end the string early or never', () => {
  expect(quote('a\\b "c"')).toBe('"a\\b \\"c\\""')
  expect(checkconfText(`options { version ${quote('a\\b "c"')}; };`).output).toContain(
    'version "a\\b \\"c\\"";',
  )
  expect(quote('a\\')).toBeUndefined()
  expect(checkconfText('options { version "a\\"; };').accepted).toBe(false)
})
