import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { listFiles, readSources } from '../architecture/source.ts'

/** The table of words in docs/architecture.md: what is not said, and what is said instead. */
const TABLE =
  /\| not \| but \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(readFileSync('docs/architecture.md', 'utf8'))?.[1] ??
  ''
const WORDS = [...TABLE.matchAll(/^\| ([a-z ]+) \| ([a-z ]+) \|$/gm)].map(([, word = '', instead = '']) => ({
  word,
  instead,
}))

/** A command is called so. */
const COMMAND = /lab:? mend\b|^mend$/g

/** Written for those who build Baton, and one of them has the table. */
const NOT_THE_MANUAL = /^docs\/(decisions\/|architecture\.md)/

const texts = [
  ...readSources('src').flatMap(({ path, tree }) => literalsOf(tree).map(text => ({ path, text }))),
  ...['README.md', 'CHANGELOG.md', ...listFiles('docs')]
    .filter(path => path.endsWith('.md') && !NOT_THE_MANUAL.test(path))
    .map(path => ({ path, text: readFileSync(path, 'utf8').replaceAll('\n', ' ') })),
]

describe('the words of an operator', () => {
  it('are listed', () => {
    expect(WORDS.length).toBeGreaterThan(8)
  })

  it.each(WORDS)('"$word" is "$instead"', ({ word }) => {
    const found = new RegExp(`\\b${word}\\b`, 'i')
    const offending = texts.filter(({ text }) => found.test(text.replaceAll(COMMAND, '')))
    expect(offending.map(({ path }) => path)).toEqual([])
  })
})

/** Every string of a source file, and every piece of a template. */
function literalsOf(tree: ts.SourceFile): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}
