import { expect, it } from 'vitest'
import type { DomainName, Serial } from '../../../src/core/base/index.ts'
import { type JudgedOrphan, withholdContent } from '../../../src/core/rescue/index.ts'

const owner = 'a.z.example' as DomainName
const record = { owner, type: 1, class: 1, ttl: 60, rdata: Uint8Array.of(192, 0, 2, 1) }

function judged(source: 'journal' | 'content'): JudgedOrphan {
  const change = { deleted: [], added: [record] }
  return {
    orphan: { from: 1 as Serial, to: 2 as Serial, source, ...change },
    verdict: 'applies',
    sets: [{ owner, type: 1, before: [], ...change }],
    obstacles: [],
  }
}

it('what only the content tells is shown and not replayed where not everything is known', () => {
  const [journal, content] = withholdContent([judged('journal'), judged('content')])
  expect(journal).toEqual(judged('journal'))
  expect(content).toMatchObject({ verdict: 'unknown', sets: [], obstacles: [{ owner, type: 1, now: [] }] })
})

it('what is there already stays so', () => {
  const there = { ...judged('content'), verdict: 'already-there', sets: [] } as const
  expect(withholdContent([there])).toEqual([there])
})
