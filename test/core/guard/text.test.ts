import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { printGuardScript } from '../../../src/core/guard/index.ts'
import { SHELL } from '../../../src/core/guard/script/text.ts'
import { printText, SHELL_FOLDER } from '../../../tools/guard/print-text.ts'

test('text.ts is what `npm run docs` writes', () => {
  const isCurrent = readFileSync(join(SHELL_FOLDER, 'text.ts'), 'utf8') === printText()
  expect(isCurrent, 'npm run docs writes it anew').toBe(true)
})

test('every part is in the script, whole, but for what a unit runs', () => {
  const script = printGuardScript()
  const left = Object.entries(SHELL).filter(([, text]) => !script.includes(text))
  expect(left.map(([name]) => name)).toEqual(['starting'])
})
