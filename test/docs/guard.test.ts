import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ANSWERS, BOOT_TABLE, OWN_STANDINGS, WATCH_TABLE } from '../../src/core/guard/index.ts'

const lines = readFileSync('docs/guard.md', 'utf8').split('\n')

test('the page has a row for every combination, and no other', () => {
  const rows = OWN_STANDINGS.flatMap(own =>
    ANSWERS.map(answer => {
      const { role, code } = BOOT_TABLE[own][answer]
      return `| ${own} | ${answer} | ${role} | \`${code}\` |`
    }),
  )
  expect(lines.filter(line => /^\| \S+ \| \S+ \| (active|standby) \| /.test(line))).toEqual(rows)
})

test('the page says what a running active does', () => {
  const rows = ANSWERS.map(answer => {
    const { action, code } = WATCH_TABLE[answer]
    return `| ${answer} | ${action} | \`${code}\` |`
  })
  expect(lines.filter(line => /^\| \S+ \| (stay|step-down) \| /.test(line))).toEqual(rows)
})
