import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { CHECK_PROGRAMS } from '../../tools/install/programs.mjs'
import { thoroughWaves, WAVES } from '../../tools/test/stages.mjs'

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
const scripts = Object.keys(manifest.scripts)
const scriptsOf = (waves: typeof WAVES) => waves.flat().map(({ script }) => script)
const staged = [...scriptsOf(WAVES), ...scriptsOf(thoroughWaves())]

it('every stage of npm test is an npm script, so that it can be run alone', () => {
  expect(staged.filter(script => !scripts.includes(script))).toEqual([])
})

it('every script that checks or tests, and every short or thorough form, is a stage of npm test', () => {
  const proving = scripts.filter(script => /^(check|test):|:(short|thorough)$/.test(script))
  expect(proving.filter(script => !staged.includes(script))).toEqual([])
})

it('a thorough test has every stage, and twenty failovers in the place of three', () => {
  const names = (waves: typeof WAVES) => waves.flat().map(({ name }) => name)
  expect(names(thoroughWaves())).toEqual(names(WAVES))
  const roundsOf = (waves: typeof WAVES) => {
    const stage = waves.flat().find(({ name }) => name === 'failovers')
    return manifest.scripts[stage?.script ?? '']?.match(/--rounds (\d+)/)?.[1]
  }
  expect([roundsOf(WAVES), roundsOf(thoroughWaves())]).toEqual(['3', '20'])
  expect(readFileSync('.ci/run', 'utf8')).toMatch(/^exec npm test .*-- --thorough$/m)
})

it('what a stage needs is a program that npm test installs where it may', () => {
  expect(WAVES.flat().flatMap(({ needs }) => needs ?? [])).toEqual(CHECK_PROGRAMS)
})

it('a stage whose program is missing says so, and is run where it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-stages-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  expect(await whyNotRun(folder)).toBe('shellcheck is missing (apt-get install shellcheck)')
  symlinkSync(process.execPath, join(folder, 'shellcheck'))
  expect(await whyNotRun(folder)).toBe('nothing')
})

/** Asks where only one folder is searched for programs, as a process of its own. */
async function whyNotRun(PATH: string): Promise<string> {
  const ask = `import { whyNotRun } from '${join(process.cwd(), 'tools/test/why-not-run.mjs')}'
    process.stdout.write(whyNotRun({ name: 'x', script: 'x', counted: 'as one', needs: 'shellcheck' }) ?? 'nothing')`
  const node = [process.execPath, ['--input-type=module', '--eval', ask], { env: { PATH } }] as const
  return (await promisify(execFile)(...node)).stdout
}
