import { describe, expect, it } from 'vitest'
import {
  BLOCK_DEPTH_MAX,
  DIAGNOSTICS_MAX,
  type Part,
  parse,
  print,
  type Statement,
  textOf,
} from '../../../src/core/namedconf/index.ts'

describe('parse', () => {
  it('makes statements of words, strings, marks and blocks', () => {
    expect(outline('acl "a b" { !10.0.0.0/8; { any; }; };')).toBe(
      'word(acl) string(a b) {mark(!) word(10.0.0.0) mark(/) word(8); {word(any);};};',
    )
  })

  it('reads a string over lines, and a quote after a backslash as part of it', () => {
    expect(outline('version "a\\"b\n\\n\\\\";')).toBe('word(version) string(a"b\n\\n\\\\);')
  })

  it('ends a word where BIND does, and nowhere else', () => {
    expect(outline('a=b\f\v(c)\\ d!e"f"#g\nh//i\nj;')).toBe(
      'word(a=b\f\v(c)\\) word(d) mark(!) word(e) string(f) word(h) word(j);',
    )
  })

  it('reads the slash that ends a comment again when the comment touches a word', () => {
    expect(outline('10/*x*/8; 10 /*x*/8; "a"/*x*/b;')).toBe(
      'word(10) mark(/) word(8); word(10) word(8); string(a) word(b);',
    )
  })

  it('leaves alone what is handed to a plugin', () => {
    expect(outline('plugin query "p" { # { " } };')).toBe(
      'word(plugin) word(query) string(p) raw({ # { " } });',
    )
    expect(outline('dyndb d "l" { \\} };')).toBe('word(dyndb) word(d) string(l) raw({ \\} });')
    expect(outline('options { response-policy { zone "z"; } dnsrps-options { " }; };')).toBe(
      'word(options) {word(response-policy) {word(zone) string(z);} word(dnsrps-options) raw({ " });};',
    )
  })

  it('keeps unknown statements', () => {
    const file = parse('from-the-future 1 { x { y; } z; } w;')
    expect(file.diagnostics).toEqual([])
    expect(file.statements).toHaveLength(1)
  })

  it('keeps what is nested too deeply, unread', () => {
    const text = `${'a {'.repeat(100_000)} "} ${'};'.repeat(100_000)}`
    const file = parse(text)
    expect(print(file)).toBe(text)
    expect(file.diagnostics[0]?.code).toBe('namedconf.too-deep')
    expect(parse(`${'a {'.repeat(BLOCK_DEPTH_MAX)}${'};'.repeat(BLOCK_DEPTH_MAX)}`).diagnostics).toEqual([])
  })

  it('stops counting errors at a limit, and says so', () => {
    const { diagnostics } = parse(';'.repeat(DIAGNOSTICS_MAX + 1))
    expect(diagnostics).toHaveLength(DIAGNOSTICS_MAX)
    expect(diagnostics.at(-1)?.code).toBe('namedconf.more-errors')
  })
})

function outline(text: string): string {
  return parse(text).statements.map(outlineStatement).join(' ')
}

function outlineStatement(statement: Statement): string {
  return statement.parts.map(outlinePart).join(' ') + (statement.terminated ? ';' : '')
}

function outlinePart(part: Part): string {
  if (part.kind === 'block') return `{${part.statements.map(outlineStatement).join(' ')}}`
  return `${part.kind}(${textOf(part)})`
}
