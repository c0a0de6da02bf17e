import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CODE_ENTRIES } from '../../src/core/plan/index.ts'
import { printCodes } from '../../tools/docs/print-codes.ts'
import { listFiles } from '../architecture/source.ts'

const codes = Object.keys(CODE_ENTRIES)
const areas = new Set(codes.map(code => code.split('.')[0]))
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].filter(page => existsSync(page)),
  ...listFiles('docs').filter(path => path.endsWith('.md')),
]

/** Begins with a capital, a name in backticks, or the daemon's own name; ends with a full stop, or with an example. */
const SENTENCES = /^([A-Z`"]|named\b).*[.;`]$/s

/** In a code span and of the shape of a code; so are file names such as `render.ts`, told apart by their endings. */
const CODE_LIKE = /`([a-z]+)\.([a-z]+(?:-[a-z0-9]+)*)`/g

const FILE_ENDINGS = new Set([
  'conf',
  'json',
  'jnl',
  'md',
  'mjs',
  'sh',
  'ts',
  'yaml',
  'log',
  'key',
  'db',
  'pid',
])

/** A code as the guard says it; its files, such as `baton/guard.log`, come after their folder. */
const CODE_IN_SHELL = /(?<![\w/.])guard\.[a-z]+(?:-[a-z]+)*/g
const inShell = listFiles('src')
  .filter(path => path.endsWith('.sh'))
  .flatMap(path => readFileSync(path, 'utf8').match(CODE_IN_SHELL) ?? [])

describe('codes', () => {
  it('have the shape area.in-words', () => {
    expect(codes.filter(code => !/^[a-z]+\.[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code))).toEqual([])
  })

  it('explain themselves in whole sentences', () => {
    const terse = Object.entries(CODE_ENTRIES).filter(
      ([, { meaning, remedy }]) => !(SENTENCES.test(meaning) && SENTENCES.test(remedy)),
    )
    expect(terse).toEqual([])
  })

  it('are listed wherever one of a check is given', () => {
    const source = listFiles('src')
      .map(path => readFileSync(path, 'utf8'))
      .join('\n')
    const given = [...source.matchAll(/'(check\.[a-z-]+)'/g)].map(([, code = '']) => code)
    expect(given.filter(code => !codes.includes(code))).toEqual([])
  })

  it('are all used, by name or by a template that begins like them', () => {
    const source = listFiles('src')
      .filter(path => !path.startsWith('src/core/base/codes/'))
      .map(path => readFileSync(path, 'utf8'))
      .join('\n')
    const beginnings = [...source.matchAll(/`([a-z]+\.[a-z-]*)\$\{/g)].map(([, beginning]) => beginning ?? '')
    const isUsed = (code: string) =>
      source.includes(`'${code}'`) ||
      inShell.includes(code) ||
      beginnings.some(beginning => code.startsWith(beginning))
    expect(codes.filter(code => !isUsed(code))).toEqual([])
  })
})

describe('every code that the guard’s shell says', () => {
  it('is one of ours', () => {
    expect(inShell.filter(code => !codes.includes(code))).toEqual([])
    expect(inShell).toContain('guard.rescue-failed')
  })
})

describe('docs/codes.md', () => {
  it('is what `npm run docs` writes', () => {
    const isCurrent = readFileSync('docs/codes.md', 'utf8') === printCodes()
    expect(isCurrent, 'npm run docs writes it anew').toBe(true)
  })
})

describe('every code that a page names', () => {
  it.each(pages)('%s', page => {
    const named = [...readFileSync(page, 'utf8').matchAll(CODE_LIKE)]
      .filter(([, area, word]) => areas.has(area ?? '') && !FILE_ENDINGS.has(word ?? ''))
      .map(([, area, word]) => `${area}.${word}`)
    expect(named.filter(code => !codes.includes(code))).toEqual([])
  })
})
