import { describe, expect, it } from 'vitest'
import { changeLines } from '../../../../src/app/cli/text/change.ts'
import { checkLines } from '../../../../src/app/cli/text/check.ts'
import { diffLines } from '../../../../src/app/cli/text/diff.ts'
import { historyLines } from '../../../../src/app/cli/text/history.ts'
import type { Line } from '../../../../src/app/cli/text/layout/line.ts'
import { printLines } from '../../../../src/app/cli/text/layout/print.ts'
import { printDuration } from '../../../../src/app/cli/text/layout/time.ts'
import type { CheckStatus, StatusDocument } from '../../../../src/app/contract/index.ts'
import { ok } from '../../../../src/core/base/index.ts'

process.env['TZ'] = 'UTC'

function print(lines: readonly Line[]): string {
  return `\n${printLines(lines, 'no-colour')}`
}

describe('a duration', () => {
  it.each([
    [0.4, '0 ms'],
    [999, '999 ms'],
    [1234, '1.2 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1 min'],
    [3_599_499, '59 min'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
  ])('of %d ms is %s', (ms, text) => {
    expect(printDuration(ms)).toBe(text)
  })
})

describe('checks as text', () => {
  const DOCUMENT = {
    version: 1,
    document: 'check',
    operation: 'switchover',
    from: 'ns1',
    to: 'ns2',
    passed: false,
  } as const
  const yes: CheckStatus = { name: 'a', question: 'Is it so?', outcome: 'yes', reasons: [] }
  const reason = {
    code: 'check.zones-loaded',
    subject: 'ns2',
    because: 'z1 is not loaded',
    remedy: 'See its log.',
  }

  it('answers every question, and explains what is not a yes, each remedy once', () => {
    const checks = [
      yes,
      { ...yes, question: 'Is every zone loaded?', outcome: 'no', reasons: [reason] },
      {
        ...yes,
        question: 'Is it new?',
        outcome: 'warning',
        reasons: [{ ...reason, code: 'check.versions-safe' }],
      },
    ] as const
    expect(print(checkLines({ ...DOCUMENT, checks }, 80))).toBe(`
switchover ns1 → ns2

yes      Is it so?
no       Is every zone loaded?
         no[check.zones-loaded] ns2: z1 is not loaded
           → See its log.
warning  Is it new?
         warning[check.versions-safe] ns2: z1 is not loaded

3 checks: 1 yes, 1 warning, 1 no
`)
  })

  it('says once who is silent, and nothing below what is therefore unknown', () => {
    const silent = { ...reason, subject: 'e1', because: 'not known: it does not answer' }
    const checks = [
      yes,
      { ...yes, question: 'Does it answer?', outcome: 'no', reasons: [{ ...reason, because: 'refused' }] },
      { ...yes, question: 'Is it loaded?', outcome: 'unknown', reasons: [silent] },
      {
        ...yes,
        question: 'Is it near?',
        outcome: 'unknown',
        reasons: [silent, { ...silent, subject: 'w1' }],
      },
    ] as const
    const printed = print(checkLines({ ...DOCUMENT, checks }, 80))
    expect(printed).toBe(`
switchover ns1 → ns2

yes      Is it so?
no       Does it answer?
         no[check.zones-loaded] ns2: refused
           → See its log.
unknown  Is it loaded?
unknown  Is it near?

4 checks: 1 yes, 1 no, 2 unknown: e1, w1 do not answer
`)
  })
})

describe('differences as text', () => {
  it('keeps the lines as they are, and covers secrets', () => {
    const file = {
      server: 'ns1',
      path: '/etc/bind/named.conf',
      change: 'different',
      lines: ['-a', '+\tb'],
      linesLeftOut: 3,
    } as const
    const secret = { ...file, path: '/etc/bind/baton/shared.conf', lines: [], linesLeftOut: 0 }
    const missing = { ...secret, path: '/etc/bind/baton/state', change: 'missing' } as const
    expect(
      print(diffLines({ version: 1, document: 'diff', same: false, files: [file, secret, missing] })),
    ).toBe(`
ns1:/etc/bind/named.conf  different
-a
+	b
  and 3 more lines
ns1:/etc/bind/baton/shared.conf  different
  holds secrets, so its lines are not shown
ns1:/etc/bind/baton/state  missing
3 files differ: \`-\` is on the server, \`+\` is what \`baton push\` would install
`)
  })
})

describe('history as text', () => {
  it('tells when, what, how it went, by whom and why', () => {
    const run = {
      run: 'r',
      operation: 'switchover',
      set: 'default',
      from: 'ns1',
      to: 'ns2',
      term: 2,
      leftOut: ['e1', 'w1'],
      fenced: null,
      by: 'ada@desk',
      reason: 'new kernel',
      began: '2026-11-22T12:00:00Z',
      elapsedMs: 932,
      writePauseMs: 135,
      writePauseAtLeastMs: null,
      outcome: 'rolled-back',
      unwell: false,
      because: 'a person stopped it',
      remarks: [],
      rescues: [],
    } as const
    const later = { ...run, leftOut: [], outcome: 'done', unwell: true, because: null, reason: null } as const
    const found = 'rescue of ns1, term 1: it holds 3 updates that ns2 never received'
    const rejoined = {
      ...later,
      operation: 'rejoin',
      writePauseMs: null,
      writePauseAtLeastMs: null,
      unwell: false,
      rescues: [found],
    } as const
    const failedOver = {
      ...rejoined,
      operation: 'failover',
      fenced: 'ns1 is fenced: its power supply is off',
      rescues: [],
    } as const
    const runs = [run, later, failedOver, rejoined]
    expect(print(historyLines({ version: 1, document: 'history', runs }, 80))).toBe(`
2026-11-22 12:00:00 UTC  switchover of default: ns1 → ns2, term 2
  rolled back: a person stopped it; in 932 ms, write pause 135 ms, by ada@desk
  left out: e1, w1
  reason: new kernel

2026-11-22 12:00:00 UTC  switchover of default: ns1 → ns2, term 2
  done, but not well; in 932 ms, write pause 135 ms, by ada@desk

2026-11-22 12:00:00 UTC  failover of default: ns1 → ns2, term 2
  done in 932 ms, by ada@desk
  ns1 is fenced: its power supply is off

2026-11-22 12:00:00 UTC  rejoin of default: ns1 → ns2, term 2
  done in 932 ms, by ada@desk
  ${found}
`)
  })
})

describe('what changes while a fleet is watched', () => {
  const status: StatusDocument = {
    version: 1,
    document: 'status',
    fleet: 'example',
    taken: 0,
    elapsedMs: 1,
    well: true,
    sets: [{ set: 'default', active: 'ns1', term: 1, since: null, zones: 1, silentActive: null }],
    servers: [],
    verdicts: [],
  }
  const verdict = {
    code: 'snapshot.server-unseen',
    severity: 'problem',
    subject: 'ns2',
    because: 'no answer',
    remedy: 'Look.',
    zones: [],
    since: 0,
  } as const
  const ill = { ...status, well: false, verdicts: [verdict] }

  it('is told once, when it begins and when it is over', () => {
    expect(changeLines(undefined, ok(status))).toEqual(['default: ns1 is active in term 1', 'all well'])
    expect(changeLines(ok(status), ok({ ...status, taken: 5 }))).toEqual([])
    expect(changeLines(ok(status), ok(ill))).toEqual(['problem[snapshot.server-unseen] ns2'])
    expect(changeLines(ok(ill), ok(status))).toEqual([
      'over: problem[snapshot.server-unseen] ns2',
      'all well',
    ])
  })
})
