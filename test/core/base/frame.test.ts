import { expect, it } from 'vitest'
import { type Diagnostic, renderFrame } from '../../../src/core/base/index.ts'

it('shows the lines around, and marks what it is about', () => {
  const text = 'one\ntwo\nthree\nfour\nfive\nsix'
  expect(renderFrame(diagnosticAt(text, 'four'), text)).toBe(
    ['  2 | two', '  3 | three', '> 4 | four', '    | ^^^^', '  5 | five'].join('\n'),
  )
})

it('shows the beginning and the end of a text', () => {
  expect(renderFrame(diagnosticAt('one', 'one'), 'one')).toBe('> 1 | one\n    | ^^^')
  const end: Diagnostic = { ...diagnosticAt('one', 'one'), place: place(4, 1) }
  expect(renderFrame(end, 'one')).toBe('> 1 | one\n    |    ^')
})

it('covers secrets, on the lines around and when the word is on an earlier line', () => {
  const text = 'key k {\n secret "aHVzaA==";\n algorithm none;\n};'
  const frame = renderFrame(diagnosticAt(text, 'none'), text)
  expect(frame).not.toContain('aHVzaA')
  expect(frame).toContain('secret **********;')
  const apart = 'secret\n\n\n"aHVzaA=="\n\nx'
  expect(renderFrame(diagnosticAt(apart, '"aHVzaA=="'), apart)).not.toContain('aHVzaA')
  const yaml = 'secret: aHVzaA==\n'
  expect(renderFrame(diagnosticAt(yaml, 'secret'), yaml)).not.toContain('aHVzaA')
})

it('keeps the mark in its place beside tabs, in long lines, and lets no control character through', () => {
  const text = `${'\t'.repeat(200)}here\u001b[31m`
  const [line = '', mark = ''] = renderFrame(diagnosticAt(text, 'here'), text).split('\n')
  expect(line.slice(mark.indexOf('^')).startsWith('here')).toBe(true)
  expect(line).not.toContain('\u001b')
})

function diagnosticAt(text: string, part: string): Diagnostic {
  const offset = text.indexOf(part)
  const line = text.slice(0, offset).split('\n').length
  const column = offset - text.lastIndexOf('\n', offset - 1)
  return {
    kind: 'diagnostic',
    code: 'namedconf.missing-semicolon',
    severity: 'error',
    message: 'It is wrong.',
    place: { file: 'f', line, column: offset === 0 ? 1 : column, offset, length: part.length },
  }
}

function place(column: number, length: number): Diagnostic['place'] {
  return { file: 'f', line: 1, column, offset: column - 1, length }
}
