import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'

const PAGE = readFileSync('docs/namedconf.md', 'utf8')
const LIBRARY = pathToFileURL(resolve('src/core/namedconf/index.ts')).href

const examples = [...PAGE.matchAll(/^## (.+)$[\s\S]*?^```ts\n([\s\S]*?)^```$/gm)].map(
  ([, title = '', code = '']) => [title, code] as const,
)

it.each(examples)('the example below "%s" does what it asserts', (_, code) => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-docs-'))
  try {
    const program = join(folder, 'example.mts')
    writeFileSync(program, code.replaceAll("'baton-dns/namedconf'", `'${LIBRARY}'`))
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program], { encoding: 'utf8' })
    expect(status, stderr).toBe(0)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('runs every example of the page', () => {
  expect(examples).toHaveLength(PAGE.split('```ts\n').length - 1)
})
