import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { CHECKS } from '../../src/core/plan/index.ts'
import { printChecks } from '../../tools/docs/print-checks.ts'

const page = readFileSync('docs/checks.md', 'utf8')

it('docs/checks.md is what `npm run docs` writes', () => {
  expect(page === printChecks(), 'npm run docs writes it anew').toBe(true)
})

it('has a row for every check, and a check for every row', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name)
  expect(rows).toEqual(CHECKS.map(({ name }) => name))
})
