import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { CODES } from '../../src/core/base/index.ts'

it('docs/status.md has a row for every verdict, and no other', () => {
  const page = readFileSync('docs/status.md', 'utf8')
  const rows = [...page.matchAll(/^\| `(snapshot\.[a-z-]+)` \|/gm)].map(([, code]) => code ?? '')
  const codes = Object.keys(CODES).filter(code => code.startsWith('snapshot.'))
  expect(rows.toSorted()).toEqual(codes.toSorted())
})
