import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffLines } from '../../../src/app/commands/line-diff.ts'

/** Few different lines, so that many are equal, and some that look like marks. */
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '-a', '+b', '@@ -1 +1 @@'), { maxLength: 12 })
  .map(lines => lines.join('\n'))

/** What `patch` does: at each place that a head names lines are taken out and put in; all others stay. */
function apply(before: string, diff: readonly string[]): string {
  const old = before.split('\n')
  const result: string[] = []
  let at = 0
  for (const line of diff) {
    const head = /^@@ -(\d+) \+\d+ @@/.exec(line)
    if (head !== null) {
      const place = Number(head[1]) - 1
      result.push(...old.slice(at, place))
      at = place
    } else if (line.startsWith('+')) result.push(line.slice(1))
    else expect(old[at++]).toBe(line.slice(1))
  }
  return [...result, ...old.slice(at)].join('\n')
}

describe('a difference in lines', () => {
  it('shows what is taken out and put in, and where', () => {
    expect(diffLines('a\nb\nc\nd', 'a\nx\nc\ny\nd')).toEqual({
      lines: ['@@ -2 +2 @@', '-b', '+x', '@@ -4 +4 @@', '+y'],
      linesLeftOut: 0,
    })
  })

  it('names the block that a change is in, where it is in one', () => {
    const before = 'zone "a" {\n\ttype primary;\n};\n'
    expect(diffLines(before, before.replace('primary', 'secondary')).lines[0]).toBe('@@ -2 +2 @@ zone "a"')
    expect(diffLines(before, `${before}# the end\n`).lines).toEqual(['@@ -4 +4 @@', '+# the end'])
  })

  it('is nothing between equal texts', () => {
    fc.assert(fc.property(text, same => diffLines(same, same).lines.length === 0))
  })

  it('applied to the one gives the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(apply(before, diffLines(before, after).lines)).toBe(after)
      }),
    )
  })

  it('of texts too long to align is all of the one and all of the other', () => {
    const [before, after] = ['x\n'.repeat(2100), 'y\n'.repeat(2100)]
    const { lines, linesLeftOut } = diffLines(before, after)
    expect([lines[0], lines[1], lines.length + linesLeftOut]).toEqual(['@@ -1 +1 @@', '-x', 4201])
  })

  it('leaves out what no screen holds, and says how much', () => {
    const { lines, linesLeftOut } = diffLines('', 'x\n'.repeat(1000))
    expect([lines.length, linesLeftOut]).toEqual([200, 801])
  })
})
