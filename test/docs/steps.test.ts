import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { printSteps } from '../../tools/docs/print-steps.ts'

it('docs/steps.md is what `npm run docs` writes', () => {
  const page = readFileSync('docs/steps.md', 'utf8')
  expect(page === printSteps(), 'npm run docs writes it anew').toBe(true)
})
