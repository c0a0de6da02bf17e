import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { replaceTable } from '../../tools/bench/page.ts'
import { printTable } from '../../tools/bench/table.ts'

it('prints rows in columns that line up', () => {
  const table = printTable([
    { what: 'a', figure: '12 ms against 30 ms', ratio: 2.5, target: 'at least 2', met: true },
    { what: 'longer', figure: '1', ratio: 0.0123, target: 'at least 1', met: false },
  ])
  expect(table).toBe(
    [
      '| what   | figure              | ratio  | target     | met |',
      '| ------ | ------------------- | ------ | ---------- | --- |',
      '| a      | 12 ms against 30 ms | 2.50   | at least 2 | yes |',
      '| longer | 1                   | 0.0123 | at least 1 | NO  |',
    ].join('\n'),
  )
})

it('puts the table between the markers of docs/performance.md, and a later one in its place', () => {
  const page = readFileSync('docs/performance.md', 'utf8')
  const once = replaceTable(page, 'one')
  expect(once).toContain('\n\none\n\n')
  expect(once && replaceTable(once, 'two')).toBe(once?.replace('\none\n', '\ntwo\n'))
})

it('leaves a page without markers alone', () => {
  expect(replaceTable('no markers here', 'one')).toBeUndefined()
})
