import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Result } from '../../../src/core/base/index.ts'
import {
  decodeTable,
  encodeTable,
  type Table,
  type TableProblem,
  type Value,
} from '../../../src/core/rndc/index.ts'

const { value } = fc.letrec<{ value: Value; table: Table }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.uint8Array({ maxLength: 40 }),
    tie('table'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  table: fc.array(fc.tuple(name(), tie('value')), { maxLength: 4 }).map(entries => new Map(entries)),
}))

function name() {
  return fc.uint8Array({ maxLength: 255 }).map(bytes => Buffer.from(bytes).toString('latin1'))
}

const table: fc.Arbitrary<Table> = fc
  .array(fc.tuple(name(), value), { maxLength: 5 })
  .map(entries => new Map(entries))

describe('a table', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(table, written => {
        expect(plain(decodeTable(encodeTable(written)))).toEqual(plain({ ok: true, value: written }))
      }),
    )
  })

  it('is never read from a part of itself that is cut within an entry', () => {
    const bytes = encodeTable(new Map([['name', Buffer.from('value')]]))
    for (let length = 1; length < bytes.length; length++) {
      expect(decodeTable(bytes.subarray(0, length))).toEqual({ ok: false, error: 'it is cut off' })
    }
  })

  it('is refused or read, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        const decoded = decodeTable(bytes)
        if (decoded.ok) expect(Buffer.from(encodeTable(decoded.value))).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it('has each name once', () => {
    const entry = encodeTable(new Map([['type', Buffer.from('status')]]))
    expect(decodeTable(Buffer.concat([entry, entry]))).toEqual({ ok: false, error: 'a name occurs twice' })
  })

  it('is not nested without end', () => {
    let deep: Value = new Map()
    for (let depth = 0; depth < 9; depth++) deep = new Map([['a', deep]])
    expect(decodeTable(encodeTable(deep))).toEqual({ ok: false, error: 'it is nested too deeply' })
  })
})

/** Buffers and their views compare by content only once they are of one kind. */
function plain(read: Result<Value, TableProblem>): unknown {
  return read.ok ? plainValue(read.value) : read.error
}

function plainValue(value: Value): unknown {
  if (value instanceof Uint8Array) return [...value]
  if (value instanceof Map) return [...(value as Table)].map(([key, inner]) => [key, plainValue(inner)])
  return { list: (value as readonly Value[]).map(plainValue) }
}
