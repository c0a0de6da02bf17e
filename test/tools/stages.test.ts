import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
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
