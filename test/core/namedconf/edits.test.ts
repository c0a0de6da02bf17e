import { describe, expect, it } from 'vitest'
import {
  appendIfAbsent,
  appendStatement,
  applyEdits,
  type Block,
  blockOf,
  type ConfFile,
  type Edit,
  insertAfter,
  insertBefore,
  parse,
  removeStatement,
  replacePart,
  replaceStatement,
  replaceValue,
  type Statement,
  setOption,
} from '../../../src/core/namedconf/index.ts'

describe('appendStatement', () => {
  it('borrows the indentation of its siblings and leaves comments where they are', () => {
    const text = 'zone "a" {\n    type primary; // why\n    // the end\n};\n'
    expect(edit(text, file => [appendStatement(body(file), 'file "x";')])).toBe(
      'zone "a" {\n    type primary; // why\n    file "x";\n    // the end\n};\n',
    )
  })

  it('stays on the line when its siblings do', () => {
    expect(edit('zone "a" { type primary; };', file => [appendStatement(body(file), 'file "x";')])).toBe(
      'zone "a" { type primary; file "x"; };',
    )
  })

  it('fills an empty block, a step further in', () => {
    const text = 'view v {\n  zone "a" {};\n  zone "b" {\n  };\n};'
    const zones = (file: ConfFile) => body(file).statements.map(zone => blockOf(zone) as Block)
    expect(edit(text, file => zones(file).map(zone => appendStatement(zone, 'type primary;')))).toBe(
      'view v {\n  zone "a" {\n    type primary;\n  };\n  zone "b" {\n    type primary;\n  };\n};',
    )
  })

  it('indents what it adds line by line, but not inside strings', () => {
    expect(edit('a {\n\tb;\n};', file => [appendStatement(body(file), 'c {\n\td "e\nf";\n};')])).toBe(
      'a {\n\tb;\n\tc {\n\t\td "e\nf";\n\t};\n};',
    )
  })

  it('adds to a file, with its line breaks', () => {
    expect(edit('a;\r\n', file => [appendStatement(file, 'b;')])).toBe('a;\r\nb;\r\n')
    expect(edit('// nothing', file => [appendStatement(file, 'b;')])).toBe('// nothing\nb;\n')
  })
})

describe('other edits', () => {
  it('add only what is absent', () => {
    const block = body(parse('a { Recursion no; };'))
    expect(appendIfAbsent(block, 'recursion yes;')).toBeUndefined()
    expect(appendIfAbsent(block, 'notify yes;')).toBeDefined()
  })

  it('set an option that is there, and one that is not', () => {
    const text = 'zone "a" {\n\ttype master; # was it\n};'
    const set = (file: ConfFile) => [
      setOption(body(file), { keyword: 'type', value: 'secondary' }),
      setOption(body(file), { keyword: 'primaries', value: '{ 127.0.0.1; }' }),
    ]
    expect(edit(text, set)).toBe('zone "a" {\n\ttype secondary; # was it\n\tprimaries { 127.0.0.1; };\n};')
  })

  it('insert around a sibling', () => {
    const around = (file: ConfFile) => [insertBefore(first(file), 'x;'), insertAfter(first(file), 'y;')]
    expect(edit('// of a\n  a;\n  b;\n', around)).toBe('// of a\n  x;\n  a;\n  y;\n  b;\n')
    expect(edit('  c; a;', file => [insertBefore(second(file), 'x;')])).toBe('  c; x; a;')
  })

  it('remove a statement with its line and the comment that ends it', () => {
    expect(edit('// kept\n\ta; // gone\n\tb;\n', file => [removeStatement(first(file))])).toBe(
      '// kept\n\tb;\n',
    )
    expect(edit('a; b; c;', file => [removeStatement(second(file))])).toBe('a; c;')
    expect(edit('a /* x\n*/ ; /* y\n*/ b;', file => [removeStatement(first(file))])).toBe(' /* y\n*/ b;')
  })

  it('replace a statement, a value, a part', () => {
    expect(
      edit('a b; c d;', file => [replaceStatement(first(file), 'x;'), replaceValue(second(file), 'y')]),
    ).toBe('x; c y;')
    expect(edit('syslog;', file => [replaceValue(first(file), 'daemon')])).toBe('syslog daemon;')
    expect(edit('a b c;', file => [replacePart(first(file).parts[1] as never, 'x')])).toBe('a x c;')
  })
})

describe('applyEdits', () => {
  it('takes edits in any order, and insertions at one place in theirs', () => {
    const edits = [
      { offset: 3, length: 1, content: 'D' },
      { offset: 1, length: 1, content: 'B' },
      { offset: 1, length: 0, content: 'x' },
      { offset: 1, length: 0, content: 'y' },
    ]
    expect(applyEdits('abcd', edits)).toBe('axyBcD')
  })

  it('takes edits that overlap, or lie outside, for a defect', () => {
    const wide = { offset: 0, length: 2, content: '' }
    expect(() => applyEdits('abc', [wide, { offset: 1, length: 1, content: '' }])).toThrow('apart')
    expect(() => applyEdits('a', [wide])).toThrow('apart')
  })
})

function edit(text: string, make: (file: ConfFile) => readonly Edit[]): string {
  return applyEdits(text, make(parse(text)))
}

function first(file: ConfFile): Statement {
  return file.statements[0] as Statement
}

function second(file: ConfFile): Statement {
  return file.statements[1] as Statement
}

function body(file: ConfFile): Block {
  return blockOf(first(file)) as Block
}
