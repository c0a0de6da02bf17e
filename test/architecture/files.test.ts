import { existsSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { folderOf, listFiles, readSources } from './source.ts'
import { testFolders } from './tables.ts'

const FILE_LINES_MAX = 250

/** named.conf's older words, which occur only where its grammar does. */
const OLD_WORDS = /\b(master|slave)s?\b/i
const OLD_WORD_FOLDERS = ['core/namedconf', 'core/render', 'core/zonefile', 'app/lab']

const sources = readSources('src')
const tests = readSources('test')
const shell = [...listFiles('src'), ...listFiles('tools')]
  .filter(path => path.endsWith('.sh'))
  .map(path => ({ path, text: readFileSync(path, 'utf8') }))
const folders = [...new Set(sources.map(({ path }) => `src/${folderOf(path)}`))].sort()

describe('a file', () => {
  it(`has at most ${FILE_LINES_MAX} lines, or says at its top that it is a table`, () => {
    const long = [...sources, ...tests, ...readSources('bench'), ...readSources('tools'), ...shell]
      .filter(({ text }) => text.split('\n').length - 1 > FILE_LINES_MAX && !isTable(text))
      .map(({ path, text }) => `${path}: ${text.split('\n').length - 1} lines`)
    expect(long).toEqual([])
  })

  it('uses one word for each thing', () => {
    const offending = [...sources, ...tests, ...shell]
      .filter(
        ({ path }) => !OLD_WORD_FOLDERS.includes(folderOf(path)) && !path.startsWith('test/architecture/'),
      )
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .flatMap((line, index) => (OLD_WORDS.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
      )
    expect(offending).toEqual([])
  })

  it('is not called after having no subject', () => {
    const vague = /^(utils?|helpers?|common|misc|shared)\.ts$/
    const offending = [...sources, ...tests].map(({ path }) => path)
    expect(offending.filter(path => vague.test(path.split('/').at(-1) ?? ''))).toEqual([])
  })
})

describe('a folder', () => {
  it.each(folders)('%s has an index.ts of named exports, and nothing else in it', folder => {
    const index = sources.find(({ path }) => path === `${folder}/index.ts`)
    expect(index, `${folder}/index.ts`).toBeDefined()
    const others = index?.tree.statements.filter(statement => !isNamedReexport(statement)) ?? []
    expect(others.map(statement => statement.getText())).toEqual([])
  })
})

describe('test/', () => {
  it('has the folders of src/, and those that the page names', () => {
    const offending = tests
      .map(({ path }) => path)
      .filter(path => !testFolders.some(folder => path.startsWith(`${folder}/`)))
      .filter(path => !existsSync(path.replace(/^test\//, 'src/').replace(/\/[^/]+$/, '')))
    expect(offending).toEqual([])
  })

  it('says something about every folder of src/ that does something', () => {
    const doing = folders.filter(folder =>
      sources.some(
        ({ path, tree }) => path.startsWith(`${folder}/`) && tree.statements.some(ts.isFunctionDeclaration),
      ),
    )
    const silent = doing.filter(
      folder => !tests.some(({ path }) => path.startsWith(`${folder.replace(/^src/, 'test')}/`)),
    )
    expect(silent).toEqual([])
  })

  it('leaves no corpus folder without a test that reads it', () => {
    const corpora = new Set(listFiles('test/corpus').map(path => path.split('/').slice(0, 3).join('/')))
    const unread = [...corpora].filter(
      folder => !tests.some(({ text }) => text.includes(folder.split('/').at(-1) ?? folder)),
    )
    expect(unread).toEqual([])
  })
})

function isTable(text: string): boolean {
  return /^(import .*\n|\s)*\/\*\*?\s+(\*\s+)?A table\b/.test(text)
}

function isNamedReexport(statement: ts.Statement): boolean {
  return (
    ts.isExportDeclaration(statement) &&
    statement.moduleSpecifier !== undefined &&
    statement.exportClause !== undefined &&
    ts.isNamedExports(statement.exportClause)
  )
}
