import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERSION } from '../../../src/core/base/index.ts'
import { type BuiltProgram, buildProgram, type Call } from './command.ts'

describe('the command line, without a fleet', () => {
  let cwd: string
  let program: BuiltProgram
  const baton = (words: readonly string[], call: Call) => program.call(words, call)
  beforeAll(async () => {
    program = await buildProgram()
    cwd = mkdtempSync(join(tmpdir(), 'baton-cli-'))
  })
  afterAll(() => {
    program.remove()
    rmSync(cwd, { recursive: true })
  })

  it('knows its version', async () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(VERSION).toBe(manifest.version)
    expect(await baton(['--version'], { cwd })).toEqual({ exit: 0, stdout: `${VERSION}\n`, stderr: '' })
  })

  it.each([
    [['switchover', '--to', 'ns2', '--reason', '--dry-run', '--yes']],
    [['failover', '--fenced', '--dry-run', '--yes']],
    [['push', '--reason', '']],
    [['rejoin', 'ns1', '--reason', ' ']],
  ])('takes no flag, and not nothing, for what a person says: %j', async words => {
    const { exit, stdout, stderr } = await baton(words, { cwd })
    expect(exit).toBe(64)
    expect(stdout).toBe('')
    expect(stderr).toContain('It takes words')
  })

  it('helps, with an example', async () => {
    const { exit, stdout } = await baton(['switchover', '--help'], { cwd })
    expect(exit).toBe(0)
    expect(stdout).toContain('Example:\n  baton switchover --to ns2')
    expect(stdout).toContain('--fleet <file>')
  })

  it('tells a word that does not belong there, with the likely one', async () => {
    const { exit, stdout, stderr } = await baton(['status', '--zonez'], { cwd })
    expect({ exit, stdout }).toEqual({ exit: 64, stdout: '' })
    expect(stderr).toBe(
      "error[cli.usage] baton status: unknown option '--zonez' (Did you mean --zones?)\n" +
        '  → `baton status --help` shows what it takes, with an example.\n',
    )
  })

  it.each([
    ['no command at all', []],
    ['a value that is no number', ['status', '--watch', 'soon']],
    ['two things that exclude each other', ['status', '--watch', '--json']],
    ['a code that is none', ['codes', 'check.no-such']],
  ])('takes %s as a mistake in the words', async (_, words) => {
    const { exit, stdout } = await baton(words, { cwd })
    expect(exit).toBe(64)
    if (words.includes('--json')) expect(JSON.parse(stdout)).toMatchObject({ document: 'error' })
  })

  it('says where it looked for the fleet file, to a program as one document', async () => {
    const { exit, stdout, stderr } = await baton(['status', '--json'], { cwd })
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      document: 'error',
      problems: [{ code: 'cli.no-fleet-file', subject: join(cwd, 'baton.yaml') }],
    })
  })

  it('looks where the environment says', async () => {
    const { stderr } = await baton(['status'], { cwd, environment: { BATON_FLEET: '/nowhere/fleet.yaml' } })
    expect(stderr).toContain('error[cli.no-fleet-file] /nowhere/fleet.yaml: there is no such file')
  })

  it('shows a mistake in the fleet file where it is', async () => {
    const file = join(cwd, 'bad.yaml')
    writeFileSync(file, 'fleet: example\nsevrers: []\n')
    const { exit, stderr } = await baton(['check', '--fleet', file], { cwd })
    expect(exit).toBe(2)
    expect(stderr).toContain(`${file}:2:1`)
    expect(stderr).toContain('> 2 | sevrers: []')
  })

  it('explains a code', async () => {
    const { exit, stdout } = await baton(['codes', 'cli.no-terminal'], { cwd })
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^cli\.no-terminal\n {2}.*\n {2}→ .*\n$/)
  })
})
