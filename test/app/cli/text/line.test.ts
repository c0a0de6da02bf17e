import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clip, line, sliceLine, tell, textOfLine } from '../../../../src/app/cli/text/layout/line.ts'
import { printLine } from '../../../../src/app/cli/text/layout/print.ts'
import { layTable } from '../../../../src/app/cli/text/layout/table.ts'
import { wrap } from '../../../../src/app/cli/text/layout/wrap.ts'

const pieces = fc.array(
  fc.stringMatching(/^[a-z .]{0,20}$/).map(text => tell(text)),
  { maxLength: 6 },
)

describe('a line', () => {
  it('wraps within the width, and loses nothing but blanks', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 14, max: 60 }), (told, width) => {
        const wrapped = wrap(told, { width, hang: 4 }).map(textOfLine)
        expect(wrapped.every(text => text.length <= width)).toBe(true)
        expect(wrapped.join('').replaceAll(' ', '')).toBe(textOfLine(told).replaceAll(' ', ''))
      }),
    )
  })

  it('is not wrapped where there is no terminal', () => {
    const long = line('word '.repeat(100))
    expect(wrap(long, { width: Number.POSITIVE_INFINITY, hang: 4 })).toEqual([long])
  })

  it('is sliced like its text', () => {
    fc.assert(
      fc.property(pieces, fc.nat(70), fc.nat(70), (told, start, end) => {
        expect(textOfLine(sliceLine(told, start, end))).toBe(
          textOfLine(told).slice(start, Math.max(start, end)),
        )
      }),
    )
  })

  it('says that it was cut', () => {
    expect(textOfLine(clip(line('abcdef'), 4))).toBe('abc…')
    expect(textOfLine(clip(line('abcd'), 4))).toBe('abcd')
  })

  it('has colours only where they are wanted', () => {
    expect(printLine([tell('well', 'good')], 'no-colour')).toBe('well')
    expect(printLine([tell('well', 'good')], 'colour')).toBe('\x1b[32mwell\x1b[39m')
  })
})

describe('a table', () => {
  const table = {
    columns: [
      { heading: 'name', align: 'left', worth: 2 },
      { heading: 'count', align: 'right', worth: 1 },
    ],
    rows: [
      [tell('ns1'), tell('7')],
      [tell('a-longer-name'), tell('12345')],
    ],
  } as const

  it('aligns its columns', () => {
    expect(layTable(table, 80).map(each => printLine(each, 'no-colour'))).toEqual([
      'name           count',
      'ns1                7',
      'a-longer-name  12345',
    ])
  })

  it('drops what is worth least, then cuts', () => {
    expect(layTable(table, 15).map(each => printLine(each, 'no-colour'))).toEqual([
      'name',
      'ns1',
      'a-longer-name',
    ])
    expect(layTable(table, 8).map(each => printLine(each, 'no-colour'))).toEqual([
      'name   …',
      'ns1    …',
      'a-longe…',
    ])
  })
})
