import { describe, expect, it } from 'vitest'
import { findCycle } from './cycle.ts'
import { folderOf, readSources } from './source.ts'
import { covers, importRules, moduleRules, type Rule } from './tables.ts'

const sources = readSources('src')
const folders = [...new Set(sources.map(source => folderOf(source.path)))].sort()

/** Every import of a file of ours that leaves its folder. */
const crossings = sources.flatMap(({ path, imports }) =>
  imports.flatMap(({ target }) =>
    target === undefined || folderOf(target) === folderOf(path) ? [] : [{ path, target }],
  ),
)

describe('the table of folders', () => {
  it('has a row for every folder under src', () => {
    expect(importRules.map(rule => rule.subject)).toEqual(expect.arrayContaining(folders))
  })

  it('goes downwards: a row allows only folders of rows above it', () => {
    const upwards = importRules.flatMap((rule, row) =>
      rule.folders.filter(
        allowed =>
          !allowed.endsWith('/*') && !importRules.slice(0, row).some(({ subject }) => subject === allowed),
      ),
    )
    expect(upwards).toEqual([])
  })

  it('lets no floor reach up', () => {
    const floors = ['core', 'io', 'app']
    const floorOf = (folder: string) => floors.indexOf(folder.split('/')[0] ?? '')
    const upwards = importRules.filter(({ subject, folders }) =>
      folders.some(allowed => floorOf(allowed) > floorOf(subject)),
    )
    expect(upwards).toEqual([])
  })
})

describe('imports across folders', () => {
  it.each(folders)('%s imports only folders that its row names', folder => {
    const rule: Rule = importRules.find(({ subject }) => subject === folder) ?? {
      subject: folder,
      folders: [],
    }
    const offending = crossings
      .filter(({ path }) => folderOf(path) === folder)
      .filter(({ target }) => !covers(rule, folderOf(target)))
      .map(({ path, target }) => `${path} imports ${target}`)
    expect(offending).toEqual([])
  })

  it('reach a folder through its index.ts', () => {
    const offending = crossings
      .filter(({ target }) => target.split('/').length !== 4 || !target.endsWith('/index.ts'))
      .map(({ path, target }) => `${path} imports ${target}`)
    expect(offending).toEqual([])
  })

  it('take from outside only what the table of modules allows', () => {
    const offending = sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ target, specifier }) => target === undefined && !isAllowed(specifier, folderOf(path)))
        .map(({ specifier }) => `${path} imports ${specifier}`),
    )
    expect(offending).toEqual([])
  })
})

describe('imports as a whole', () => {
  it('never go round in a circle', () => {
    const files = new Map(
      sources.map(({ path, imports }) => [path, imports.flatMap(({ target }) => target ?? [])]),
    )
    expect(findCycle(files)).toEqual([])
  })
})

/** A part of a module (`node:fs/promises`) goes with its module. */
function isAllowed(specifier: string, folder: string): boolean {
  return moduleRules.some(
    rule => (specifier === rule.subject || specifier.startsWith(`${rule.subject}/`)) && covers(rule, folder),
  )
}
