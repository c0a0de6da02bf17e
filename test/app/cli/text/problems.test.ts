import { describe, expect, it } from 'vitest'
import { printLines } from '../../../../src/app/cli/text/layout/print.ts'
import { problemLines } from '../../../../src/app/cli/text/problems.ts'
import { failure, type Problem, refuse } from '../../../../src/core/base/index.ts'

function print(problems: readonly Problem[], width: number, texts = new Map<string, string>()): string {
  return printLines(problemLines(problems, texts, width), 'no-colour')
}

describe('problems as text', () => {
  it('name the code, what it is about, why, and what to do', () => {
    const refusal = refuse({
      code: 'cli.already-active',
      subject: 'ns1',
      because: 'it is the active',
      remedy: 'Nothing to do.',
    })
    expect(print([refusal], 80)).toBe('error[cli.already-active] ns1: it is the active\n  → Nothing to do.\n')
  })

  it('share a line with the same cause and a remedy with the same code', () => {
    const about = (subject: string, because: string) =>
      failure({ code: 'net.timeout', subject, because, remedy: 'See whether named runs there.' })
    const problems = [about('ns1', 'no answer'), about('ns2', 'refused'), about('e1', 'no answer')]
    expect(print(problems, 80)).toBe(
      [
        'error[net.timeout] ns1, e1: no answer',
        'error[net.timeout] ns2: refused',
        '  → See whether named runs there.',
        '',
      ].join('\n'),
    )
  })

  it('count what would be too many names', () => {
    const problems = Array.from({ length: 10 }, (_, index) =>
      refuse({ code: 'cli.usage', subject: `z${index}`, because: 'no', remedy: 'Yes.' }),
    )
    expect(print(problems, 80)).toContain('z0, z1, z2, z3, z4, z5, z6, z7 and 2 more: no')
  })

  it('say how long a failure was waited for', () => {
    const waited = failure({
      code: 'net.timeout',
      subject: 'ns1',
      because: 'no answer',
      remedy: 'Look.',
      elapsedMs: 2000,
    })
    expect(print([waited], 80)).toContain('ns1: no answer (after 2.0 s)')
  })

  it('show a mistake where it is, without its secrets', () => {
    const diagnostic: Problem = {
      kind: 'diagnostic',
      code: 'fleet.unknown-setting',
      severity: 'error',
      message: 'there is no key "sevrers"',
      remedy: 'Did you mean "servers"?',
      place: { file: '/fleet/baton.yaml', line: 2, column: 1, offset: 14, length: 7 },
    }
    const texts = new Map([['/fleet/baton.yaml', 'name: example\nsevrers: []\nsecret: hush\n']])
    const text = print([diagnostic], 80, texts)
    expect(text).toContain('error[fleet.unknown-setting] /fleet/baton.yaml:2:1: there is no key "sevrers"\n')
    expect(text).toContain('> 2 | sevrers: []\n')
    expect(text).toContain('^^^^^^^\n')
    expect(text).not.toContain('hush')
    expect(text).toMatch(/ {2}→ Did you mean "servers"\?\n$/)
  })

  it('keep what a server says on its line and away from the cursor', () => {
    const rude = refuse({ code: 'cli.usage', subject: 'ns1', because: 'one\n  two\x1b[2J', remedy: 'Look.' })
    expect(print([rude], 80)).toBe('error[cli.usage] ns1: one two\ufffd[2J\n  → Look.\n')
  })

  it('wrap at 40 columns under their beginning', () => {
    const long = refuse({
      code: 'cli.no-terminal',
      subject: 'ns1',
      because: 'there is no terminal to ask on, and --yes was not given',
      remedy: 'Give --yes when a script is meant to act without asking.',
    })
    const lines = print([long], 40).trimEnd().split('\n')
    expect(lines.every(line => line.length <= 40)).toBe(true)
    expect(lines.slice(1).every(line => line.startsWith('    ') || line.startsWith('  → '))).toBe(true)
  })
})
