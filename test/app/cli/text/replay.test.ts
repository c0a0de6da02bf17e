import { describe, expect, it } from 'vitest'
import { printLines } from '../../../../src/app/cli/text/layout/print.ts'
import { replayLines } from '../../../../src/app/cli/text/replay.ts'
import type { ReplayedOrphan } from '../../../../src/app/contract/index.ts'

describe('a replay as text', () => {
  const orphan = (to: number, outcome: ReplayedOrphan['outcome']): ReplayedOrphan => ({
    zone: 'a.example',
    view: '_default',
    from: to - 1,
    to,
    source: 'journal',
    outcome,
  })
  const print = (orphans: readonly ReplayedOrphan[]) =>
    printLines(
      replayLines({ version: 1, document: 'replay', server: 'ns1', place: '7', orphans, problems: [] }, 80),
      'no-colour',
    )

  it('says what became of each', () => {
    expect(`\n${print([orphan(6, 'applied'), orphan(7, 'conflict'), orphan(8, 'applied')])}`).toBe(`
a.example  5 to 6  applied
a.example  6 to 7  in conflict, left
a.example  7 to 8  applied
2 applied; 1 in conflict, left
`)
  })

  it('may have had nothing to do', () => {
    expect(print([])).toBe('nothing to replay\n')
  })
})
