import { readFileSync } from 'node:fs'

const PAGE = 'docs/architecture.md'

/** A row of a rule in docs/architecture.md: something, and the folders that it concerns (`core/*` for a whole floor). */
export type Rule = { readonly subject: string; readonly folders: readonly string[] }

/** Which folders a folder may import. */
export const importRules = readRules('folder', 'may import')

/** Which folders may import a package or a part of Node. */
export const moduleRules = readRules('module', 'may be used by')

/** Which folders may use a global name. */
export const nameRules = readRules('name', 'may be used by')

/** The folders of test/ that mirror nothing under src/. */
export const testFolders = readRules('folder', 'what it is')
  .map(rule => rule.subject)
  .filter(folder => folder.startsWith('test/'))

/** Whether a folder (`core/dns`) is one of those a rule names, by itself or with its floor. */
export function covers(rule: Rule, folder: string): boolean {
  const floor = folder.split('/')[0]
  return rule.folders.includes(folder) || rule.folders.includes(`${floor}/*`)
}

/** The rows of every table whose first column has this heading and whose last has that one. */
function readRules(first: string, last: string): Rule[] {
  return tables()
    .filter(([heading]) => heading?.at(0) === first && heading.at(-1) === last)
    .flatMap(([, , ...rows]) => rows)
    .map(cells => ({ subject: codeSpans(cells.at(0))[0] ?? '', folders: codeSpans(cells.at(-1)) }))
}

/** Every table of the page, as rows of cells, heading and rule line included. */
function tables(): string[][][] {
  const blocks = readFileSync(PAGE, 'utf8').split(/\n\n+/)
  return blocks
    .filter(block => block.startsWith('|'))
    .map(block =>
      block.split('\n').map(line =>
        line
          .split('|')
          .slice(1, -1)
          .map(cell => cell.trim()),
      ),
    )
}

function codeSpans(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, content]) => content ?? '')
}
