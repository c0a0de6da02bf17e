import { describe, expect, it } from 'vitest'
import { printLine } from '../../../../src/app/cli/text/layout/print.ts'
import { planLines } from '../../../../src/app/cli/text/plan.ts'
import { runLines } from '../../../../src/app/cli/text/run.ts'
import type { PlanDocument, RunDocument } from '../../../../src/app/contract/index.ts'

const RUN = {
  version: 1,
  run: 'r',
  operation: 'rejoin',
  set: 'default',
  from: 'ns1',
  to: 'ns2',
  term: 2,
  leftOut: [],
} as const

const PLAN: PlanDocument = {
  ...RUN,
  document: 'plan',
  reason: null,
  steps: [{ step: 'let ns1 save what it holds', undo: null }],
  noReturn: { step: 1, once: 'begun' },
  warnings: [],
  choice: 'ns2 (term 2) stays active; named on ns1 does not answer.',
  losses: null,
  forks: Array.from({ length: 7 }, (_, index) => ({
    server: 'ns1',
    zone: `z${index}.example`,
    kind: 'content-differs',
    serial: 3,
    serialActive: 3,
    because: 'has other content at the same serial 3',
  })),
}

const ENDED: RunDocument = {
  ...RUN,
  document: 'run',
  outcome: 'done',
  elapsedMs: 900,
  writePauseMs: null,
  writePauseAtLeastMs: null,
  unwell: false,
  because: null,
  remarks: [],
  rescues: [],
  problems: [],
}

function textOf(lines: ReturnType<typeof planLines>): string {
  return lines.map(line => printLine(line, 'no-colour')).join('\n')
}

describe('a rejoin in words', () => {
  it('names the first zones that are not equal, and says how to see the others', () => {
    const text = textOf(planLines(PLAN, 80))
    expect(text).toContain('Differs from ns2\n  ns1: z0.example has other content at the same serial 3\n')
    expect(text).toContain('z4.example')
    expect(text).not.toContain('z5.example')
    expect(text).toContain('and 2 more: --json names them all')
  })

  it('says that nothing differs, and that nothing is taken back', () => {
    const text = textOf(planLines({ ...PLAN, forks: [] }, 120))
    expect(text).toContain('All servers that answer match ns2.')
    expect(text).toContain('Nothing of it is taken back')
  })

  it('ends with who is whose standby', () => {
    const text = textOf(runLines(ENDED, { width: 80, return: 'closed' }))
    expect(text).toContain('done: ns1 is a standby of ns2 in term 2')
  })
})
