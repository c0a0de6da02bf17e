import { describe, expect, it } from 'vitest'
import { textOfLine } from '../../../../src/app/cli/text/layout/line.ts'
import { previewLines, unfinishedLines } from '../../../../src/app/cli/text/unfinished.ts'

const RUN = {
  run: '20261122T161420Z-switchover-8a18',
  operation: 'switchover',
  holder: 'ann@desk',
  since: '2026-11-22T16:14:20Z',
  direction: 'forward',
  from: 'ns1',
  to: 'ns2',
  term: 2,
  reason: 'new kernel',
  steps: [
    { step: 'freeze ns1: updates are refused from here', undo: 'thaw ns1', progress: 'done' },
    { step: 'make ns2 active: updates are taken from here', undo: 'make it standby', progress: 'begun' },
    { step: 'make ns1 standby of ns2', undo: null, progress: 'untouched' },
  ],
  returnable: true,
  writesStopped: '2026-11-22T16:14:21Z',
} as const

const print = (run: Parameters<typeof unfinishedLines>[0], width: number) =>
  unfinishedLines(run, width).map(textOfLine)

describe('an unfinished run, before it is ended', () => {
  it('says whose it is and how far it came', () => {
    expect(print(RUN, 80)).toEqual([
      'switchover: ns1 → ns2, term 2',
      expect.stringMatching(
        /^by ann@desk since 2026-11-2\d \d\d:\d\d:20 UTC, run 20261122T161420Z-switchover-8a18$/,
      ),
      'reason: new kernel',
      '',
      '  done    freeze ns1: updates are refused from here',
      '  begun   make ns2 active: updates are taken from here',
      '  -       make ns1 standby of ns2',
      '',
    ])
  })

  it('shows below it what would be done', () => {
    const preview = { version: 1, document: 'unfinished', ...RUN, ahead: ['undo it', 'thaw ns1'] } as const
    expect(previewLines(preview, 80).map(textOfLine).slice(-3)).toEqual([
      'would be done now:',
      '  1  undo it',
      '  2  thaw ns1',
    ])
    expect(
      previewLines({ ...preview, ahead: [] }, 80)
        .map(textOfLine)
        .at(-1),
    ).toBe('would only let go of the fleet')
  })

  it('keeps its columns where the terminal is narrow', () => {
    const lines = print(RUN, 40)
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(40)
    expect(lines).toContain('  begun   make ns2 active: updates are')
    expect(lines).toContain('          taken from here')
  })

  it('says so when it is on its way back, or had not begun', () => {
    expect(print({ ...RUN, direction: 'back' }, 80)[0]).toBe('switchover: ns1 → ns2, term 2, on its way back')
    expect(print({ ...RUN, steps: [] }, 80)).toContain('  it had not begun')
  })
})
