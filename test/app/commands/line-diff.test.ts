import { applyPatch } from 'diff'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unifiedDiff } from '../../../src/app/commands/look/line-diff.ts'

/** Few different lines, so that many are equal, and some that look like marks. */
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '-a', '+b', '@@ -1 +1 @@'), { maxLength: 12 })
  .map(lines => lines.map(line => `${line}\n`).join(''))

describe('a difference in lines', () => {
  it('is printed as diff -u does, with three lines around a change', async () => {
    const before = 'zone "a" {\n\ttype primary;\n\tfile "a.db";\n};\n\nzone "b" {\n\ttype primary;\n};\n'
    expect(await unifiedDiff(before, before.replace('\tfile "a.db";', '\tfile "b.db";'))).toEqual({
      lines: [
        '@@ -1,6 +1,6 @@',
        ' zone "a" {',
        ' \ttype primary;',
        '-\tfile "a.db";',
        '+\tfile "b.db";',
        ' };',
        ' ',
        ' zone "b" {',
      ],
      linesLeftOut: 0,
    })
  })

  it('is nothing between equal texts', async () => {
    await fc.assert(
      fc.asyncProperty(text, async same => {
        expect((await unifiedDiff(same, same)).lines).toEqual([])
      }),
    )
  })

  it('applied to the one gives the other', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        const { lines } = await unifiedDiff(before, after)
        expect(applyPatch(before, ['--- before', '+++ after', ...lines, ''].join('\n'))).toBe(after)
      }),
    )
  })

  it('tells a last line without its end from one with it', async () => {
    const { lines } = await unifiedDiff('a\n', 'a')
    expect(lines).toEqual(['@@ -1,1 +1,1 @@', '-a', '+a', '\\ No newline at end of file'])
  })

  it('of texts too different to align is all of the one and all of the other', async () => {
    const [before, after] = ['x\n'.repeat(2100), 'y\n'.repeat(2100)]
    const { lines, linesLeftOut } = await unifiedDiff(before, after)
    expect([lines[0], lines[1], lines.length + linesLeftOut]).toEqual(['@@ -1,2100 +1,2100 @@', '-x', 4201])
  })

  it('leaves out what no screen holds, and says how much', async () => {
    const { lines, linesLeftOut } = await unifiedDiff('', 'x\n'.repeat(1000))
    expect([lines.length, linesLeftOut]).toEqual([200, 801])
  })
})
