import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countTests } from '../../tools/test/count.mjs'

const folder = mkdtempSync(join(tmpdir(), 'baton-count-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the count at the end of npm test', () => {
  it('counts tests, not files', () => {
    const path = report([file('passed', ['passed', 'passed']), file('passed', ['passed', 'skipped', 'todo'])])
    expect(countTests(path, true)).toEqual({ passed: 3, failed: 0, skipped: 2 })
  })

  it('counts a failing test once, not its file as well', () => {
    const path = report([file('failed', ['passed', 'failed'])])
    expect(countTests(path, false)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  it('counts a file that could not be loaded', () => {
    const path = report([file('failed', []), file('passed', ['passed'])])
    expect(countTests(path, false)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  it('counts a failure when vitest failed and its report knows of none', () => {
    const path = report([file('passed', ['passed'])])
    expect(countTests(path, false)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  it('counts a failure when there is no report', () => {
    expect(countTests(join(folder, 'absent.json'), false)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('does not take no tests at all for success', () => {
    expect(countTests(report([]), true)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})

type ReportedFile = { status: string; assertionResults: { status: string }[] }

function file(status: string, tests: string[]): ReportedFile {
  return { status, assertionResults: tests.map(test => ({ status: test })) }
}

function report(testResults: ReportedFile[]): string {
  const path = join(folder, 'vitest.json')
  writeFileSync(path, JSON.stringify({ testResults }))
  return path
}
