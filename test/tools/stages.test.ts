import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { WAVES } from '../../tools/test/stages.mjs'

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
const scripts = Object.keys(manifest.scripts)
const staged = WAVES.flat().map(({ script }) => script)

it('every stage of npm test is an npm script, so that it can be run alone', () => {
  expect(staged.filter(script => !scripts.includes(script))).toEqual([])
})

it('every script that checks or tests, and every short form, is a stage of npm test', () => {
  const proving = scripts.filter(script => /^(check|test):|:short$/.test(script))
  expect(proving.filter(script => !staged.includes(script))).toEqual([])
})
