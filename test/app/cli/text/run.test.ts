import { describe, expect, it } from 'vitest'
import type { Line } from '../../../../src/app/cli/text/layout/line.ts'
import { printLines } from '../../../../src/app/cli/text/layout/print.ts'
import { planLines } from '../../../../src/app/cli/text/plan.ts'
import {
  askingLines,
  currentLine,
  eventLines,
  type ProgressEvent,
} from '../../../../src/app/cli/text/progress.ts'
import { runLines } from '../../../../src/app/cli/text/run.ts'
import type { PlanDocument, RunDocument } from '../../../../src/app/contract/index.ts'
import { failure } from '../../../../src/core/base/index.ts'

process.env['TZ'] = 'UTC'

const PLAN: PlanDocument = {
  version: 1,
  document: 'plan',
  run: '20261122T120304Z-switchover-ab12',
  operation: 'switchover',
  set: 'default',
  from: 'ns1',
  to: 'ns2',
  term: 8,
  leftOut: ['e1'],
  reason: 'new kernel',
  steps: [
    { step: 'freeze ns1: updates are refused from here', undo: 'thaw ns1' },
    { step: 'make ns2 active: updates are taken from here', undo: 'make ns2 standby again' },
    { step: 'make ns1 standby of ns2', undo: null },
  ],
  noReturn: { step: 2, once: 'done' },
  warnings: ['ns2: its clock is 2 s ahead'],
  choice: null,
  losses: null,
  forks: null,
}

const DONE: RunDocument = {
  version: 1,
  document: 'run',
  run: PLAN.run,
  operation: 'switchover',
  outcome: 'done',
  set: 'default',
  from: 'ns1',
  to: 'ns2',
  term: 8,
  leftOut: [],
  elapsedMs: 1900,
  writePauseMs: 38,
  writePauseAtLeastMs: null,
  unwell: false,
  because: null,
  remarks: ['200 zones primary', '1 file installed', '1 file installed'],
  rescues: [],
  problems: [],
}

const NOW = Date.parse('2026-11-22T12:03:04Z')

function print(lines: readonly Line[]): string {
  return `\n${printLines(lines, 'no-colour')}`
}

describe('a plan as text', () => {
  it('has numbered steps, their undo, and until when there is a way back', () => {
    expect(print(planLines(PLAN, 80))).toBe(`
switchover of default: ns1 → ns2, term 8
reason: new kernel
left out: e1

  1  freeze ns1: updates are refused from here
     undo: thaw ns1
  2  make ns2 active: updates are taken from here
     undo: make ns2 standby again
  3  make ns1 standby of ns2

Until step 2 is done everything can be taken back; from then on it goes forward.
warning ns2: its clock is 2 s ahead
`)
  })

  it('can be taken back to its end where no step ends the way back', () => {
    const said = print(planLines({ ...PLAN, noReturn: null }, 80))
    expect(said).toContain('Until its end everything can be taken back.')
  })

  it('can be taken back until a step begins', () => {
    const said = print(planLines({ ...PLAN, noReturn: { step: 3, once: 'begun' } }, 80))
    expect(said).toContain('Until step 3 begins everything can be taken back')
  })
})

describe('an event of a run', () => {
  const tellEvent = (event: ProgressEvent, width = 80) => print(eventLines(PLAN, event, { now: NOW, width }))

  it('is one line, when a step has ended', () => {
    expect(tellEvent({ kind: 'step-began', step: 0, direction: 'forward' })).toBe('\n')
    expect(tellEvent({ kind: 'step-done', step: 0, direction: 'forward', elapsedMs: 4 })).toBe(
      '\n12:03:04  freeze ns1: updates are refused from here … 4 ms\n',
    )
  })

  it('tells a failure, the turn, and what is taken back', () => {
    const because = 'the disk is full'
    const failed = failure({ code: 'hosts.disk-full', subject: 'ns2', because, remedy: 'Make room.' })
    expect(tellEvent({ kind: 'step-failed', step: 1, direction: 'forward', failure: failed })).toBe(
      '\n12:03:04  make ns2 active: updates are taken from here … failed: the disk is\n          full\n',
    )
    expect(tellEvent({ kind: 'turned-back', because })).toBe('\n12:03:04  going back: the disk is full\n')
    expect(tellEvent({ kind: 'step-done', step: 0, direction: 'back', elapsedMs: 3 })).toBe(
      '\n12:03:04  undo: thaw ns1 … 3 ms\n',
    )
    expect(tellEvent({ kind: 'step-done', step: 2, direction: 'back', elapsedMs: 0 })).toBe('\n')
  })

  it('wraps beside its time', () => {
    expect(tellEvent({ kind: 'step-done', step: 0, direction: 'forward', elapsedMs: 4 }, 40)).toBe(
      '\n12:03:04  freeze ns1: updates are\n          refused from here … 4 ms\n',
    )
  })

  it('keeps the elapsed time of the step under way in sight', () => {
    const event: ProgressEvent = { kind: 'step-began', step: 1, direction: 'forward' }
    expect(print([currentLine(PLAN, event, { elapsedMs: 1234, width: 79 })])).toBe(
      '\n     2/3  make ns2 active: updates are taken from here … 1.2 s\n',
    )
    expect(print([currentLine(PLAN, event, { elapsedMs: 1234, width: 30 })])).toBe(
      '\n     2/3  make ns2 acti… 1.2 s\n',
    )
  })
})

describe('the end of a run', () => {
  const tellEnd = (run: Partial<RunDocument>, back: 'open' | 'closed' = 'open') =>
    print(runLines({ ...DONE, ...run }, { width: 80, return: back }))

  it('tells the outcome, the write pause and the remarks', () => {
    expect(tellEnd({ leftOut: ['e1'] })).toBe(`
done: ns2 is active in term 8
  write pause 38 ms, 1.9 s in all
  left out: e1
  200 zones primary
  1 file installed (2 times)
`)
  })

  it('sends whoever should look further to status and verify', () => {
    expect(tellEnd({ unwell: true, remarks: [] })).toBe(`
done, but not well: ns2 is active in term 8
  write pause 38 ms, 1.9 s in all
  → See \`baton status\`; where content differs \`baton verify\` shows the records,
    and the command that heals them.
`)
  })

  it('tells that everything is as it was', () => {
    expect(tellEnd({ outcome: 'rolled-back', because: 'the disk is full', remarks: [] })).toBe(`
rolled back: everything is as it was, and ns1 is active, because the disk is
  full
  write pause 38 ms, 1.9 s in all
`)
  })

  it('names the ways on from an unfinished run, and only those there are', () => {
    const unfinished = { outcome: 'incomplete', remarks: [], writePauseMs: null } as const
    expect(tellEnd(unfinished)).toContain('`baton resume` takes it to its end, `baton rollback` back')
    expect(tellEnd(unfinished, 'closed')).not.toContain('baton rollback')
  })

  it("does not speak of ways on when the run is somebody else's now", () => {
    const because = 'eva@desk (process 42) has taken it over, so this process changes nothing more'
    const overtaken = failure({ code: 'engine.overtaken', subject: 'r', because, remedy: 'Look.' })
    expect(tellEnd({ outcome: 'incomplete', remarks: [], problems: [overtaken] })).toBe(`
incomplete: run 20261122T120304Z-switchover-ab12 is somebody else's now, and
  this process stopped
`)
  })

  it('tells that there was nothing to do', () => {
    expect(tellEnd({ outcome: 'nothing-to-do', because: 'every server has its files', remarks: [] })).toBe(
      '\nnothing to do: every server has its files\n',
    )
  })
})

describe('what a person has to do next', () => {
  it('is said after a failover', () => {
    const failover: RunDocument = { ...DONE, operation: 'failover' }
    expect(print(runLines(failover, { width: 200, return: 'closed' }))).toContain('`baton rejoin ns1`')
    expect(print(runLines(DONE, { width: 200, return: 'closed' }))).not.toContain('rejoin')
  })

  it('is said while a rejoin waits for it, and until when', () => {
    const asking = { what: 'start named on ns1 now', until: NOW + 120_000 }
    expect(print(askingLines(asking, { now: NOW, width: 80 }))).toBe(
      '\n12:03:04  start named on ns1 now; this waits until 12:05:04 UTC\n',
    )
  })

  it('has its times as everywhere', () => {
    const plan = { ...PLAN, warnings: ['ns2: since 2026-11-22T19:46:43Z'] }
    expect(print(planLines(plan, 80))).toContain('ns2: since 2026-11-22 19:46:43 UTC')
  })
})
