import { describe, expect, it } from 'vitest'
import { parse, zonesOf } from '../../../src/core/namedconf/index.ts'

describe('diagnostics', () => {
  it('point behind what lacks a semicolon, one for each', () => {
    const text = [
      'options {',
      '\trecursion no',
      '\tallow-query { any; }',
      '\tallow-transfer { none };',
      '}',
      'acl a { any; }',
    ]
    expect(codes(text.join('\n'))).toEqual([
      '2:14 missing-semicolon',
      '3:22 missing-semicolon',
      '4:23 missing-semicolon',
      '5:2 missing-semicolon',
      '6:15 missing-semicolon',
    ])
  })

  it('point at the brace that a misplaced statement proves to be open, and the rest is read as meant', () => {
    const text = 'zone "a" {\n type primary;\nzone "b" {\n type primary;\n};\nview v {\noptions { };\n'
    expect(codes(text)).toEqual(['1:10 missing-brace', '6:8 missing-brace'])
    const zones = zonesOf(parse(text).statements)
    expect(zones.ok && zones.value.map(zone => zone.name)).toEqual(['a', 'b'])
  })

  it('take no name of an acl for a misplaced statement', () => {
    expect(codes('options { allow-query { zone; view; options; acl; }; };')).toEqual([])
    expect(codes('options { also-notify { zone port 53; }; };')).toEqual([])
  })

  it('point at braces and semicolons too many', () => {
    expect(codes('acl a { any; };;\n};\nacl b { any; };')).toEqual([
      '1:16 empty-statement',
      '2:1 extra-brace',
    ])
  })

  it('point at the line with the lost quote, not at the last one', () => {
    const text = 'zone "a" {\n\tfile "a.db;\n\tjournal "a.jnl";\n};\nzone "b" { file "b.db; };\n'
    expect(codes(text)).toEqual(['2:7 unterminated-string', '5:17 unterminated-string'])
  })

  it('say once that a comment swallows the rest', () => {
    expect(codes('options {\n/* x\n};')).toEqual(['2:1 unterminated-comment'])
  })

  it('name the file', () => {
    expect(parse(';', '/etc/bind/named.conf').diagnostics[0]?.place.file).toBe('/etc/bind/named.conf')
  })
})

function codes(text: string): string[] {
  return parse(text).diagnostics.map(
    ({ code, place }) => `${place.line}:${place.column} ${code.replace('namedconf.', '')}`,
  )
}
