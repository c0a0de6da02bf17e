import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  ANSWER_MEANINGS,
  ANSWERS,
  BOOT_TABLE,
  OWN_STANDINGS,
  printUnits,
  WATCH_TABLE,
} from '../../src/core/guard/index.ts'

const page = readFileSync('docs/guard.md', 'utf8')
const lines = page.split('\n')

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

test('the page shows the units as they are written', () => {
  const units = printUnits({ script: '/etc/bind/baton/guard', unit: 'named.service' })
  const shown = [...page.matchAll(/```ini\n([^`]*)```/g)].map(([, content]) => content)
  expect(shown).toEqual(units.map(({ content }) => content))
  for (const { path } of units) expect(page).toContain(`\`/etc/systemd/system/${path}\``)
})

test('the page says what each answer is', () => {
  for (const answer of ANSWERS) expect(page).toContain(`\n| ${answer} | ${ANSWER_MEANINGS[answer]} |\n`)
})
