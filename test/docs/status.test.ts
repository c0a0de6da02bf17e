import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { VERDICTS } from '../../src/core/snapshot/index.ts'

it('docs/status.md has a row for every verdict, and no other', () => {
  const page = readFileSync('docs/status.md', 'utf8')
  const rows = [...page.matchAll(/^\| `(snapshot\.[a-z-]+)` \|/gm)].map(([, code]) => code ?? '')
  const codes = Object.keys(VERDICTS).map(kind => `snapshot.${kind}`)
  expect(rows.toSorted()).toEqual(codes.toSorted())
})
