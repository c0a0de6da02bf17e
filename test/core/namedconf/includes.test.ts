import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  aclsOf,
  INCLUDE_DEPTH_MAX,
  type IncludeReader,
  resolveIncludes,
  type Source,
  zonesOf,
} from '../../../src/core/namedconf/index.ts'
import { checkconf, withFiles } from './checkconf.ts'

describe('resolveIncludes', () => {
  it('reads the files of a pattern as named does: the last name first', () => {
    const files = {
      'named.conf': 'include "acl-*.conf";',
      'acl-1.conf': 'acl one { any; };',
      'acl-2.conf': 'acl two { any; };',
    }
    const { statements } = resolveIncludes(entryOf(files), readerOf(files))
    expect(aclNames(statements)).toEqual(['two', 'one'])
    const said = withFiles(files, folder => checkconf(join(folder, 'named.conf')).output)
    expect(said.indexOf('two')).toBeLessThan(said.indexOf('one'))
  })

  it('changes directory as named does: at once, also within options', () => {
    withFiles({ 'named.conf': '' }, folder => {
      mkdirSync(join(folder, 'sub'))
      const text = `options { directory "${folder}/sub"; include "o.conf"; };\ninclude "a.conf";`
      const files = { 'named.conf': text, 'sub/o.conf': 'recursion no;', 'sub/a.conf': 'acl a { any; };' }
      for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
      expect(checkconf(join(folder, 'named.conf')).output).toContain('recursion no;')
      const read: IncludeReader = pattern => [{ name: pattern, text: readFileSync(pattern, 'utf8') }]
      const resolution = resolveIncludes({ name: join(folder, 'named.conf'), text }, read)
      expect(resolution.files.map(file => file.source.name)).toEqual([
        `${folder}/named.conf`,
        `${folder}/sub/o.conf`,
        `${folder}/sub/a.conf`,
      ])
      expect(aclNames(resolution.statements)).toEqual(['a'])
    })
  })

  it('reads into views and zones, and every statement knows its own file', () => {
    const files = {
      'named.conf': 'view v { include "zones.conf"; };',
      'zones.conf': 'zone "a" { include "common.conf"; file "a.db"; };',
      'common.conf': 'type primary;',
    }
    const { statements, diagnostics } = resolveIncludes(entryOf(files), readerOf(files))
    const view = statements[0]?.parts[2]
    const zones = zonesOf(view?.kind === 'block' ? view.statements : [])
    expect(diagnostics).toEqual([])
    expect(zones.ok && zones.value[0]).toMatchObject({ type: 'primary', file: 'a.db' })
    const type = zones.ok ? zones.value[0]?.body[0] : undefined
    expect(type?.source.name).toBe('common.conf')
  })

  it('follows no include in a list, where named takes none', () => {
    const files = { 'named.conf': 'acl a { include "b"; };' }
    expect(resolveIncludes(entryOf(files), readerOf(files))).toMatchObject({ missing: [], diagnostics: [] })
  })

  it('says what is missing, and where', () => {
    const files = { 'named.conf': 'acl a { any; };\ninclude "none-*.conf";\ninclude "";' }
    const { diagnostics, missing } = resolveIncludes(entryOf(files), readerOf(files))
    expect(missing).toEqual(['none-*.conf'])
    expect(diagnostics.map(({ code, place }) => `${place.line} ${code}`)).toEqual([
      '2 namedconf.include-missing',
      '3 namedconf.include-name',
    ])
  })

  it('stops at a cycle and at a limit', () => {
    const cycle = { 'named.conf': 'include "b.conf";', 'b.conf': 'include "named.conf";' }
    expect(resolveIncludes(entryOf(cycle), readerOf(cycle)).diagnostics[0]).toMatchObject({
      code: 'namedconf.include-cycle',
      place: { file: 'b.conf' },
    })
    let count = 0
    const endless: IncludeReader = () => [{ name: String(count++), text: 'include "next";' }]
    const { diagnostics } = resolveIncludes({ name: 'entry', text: 'include "next";' }, endless)
    expect(diagnostics[0]?.code).toBe('namedconf.include-limit')
    expect(count).toBeLessThan(INCLUDE_DEPTH_MAX)
  })
})

function entryOf(files: Readonly<Record<string, string>>): Source {
  return { name: 'named.conf', text: files['named.conf'] ?? '' }
}

/** Patterns with one `*`, over names in memory. */
function readerOf(files: Readonly<Record<string, string>>): IncludeReader {
  return pattern => {
    const [start = '', end] = pattern.split('*')
    return Object.entries(files)
      .filter(([name]) => (end === undefined ? name === start : name.startsWith(start) && name.endsWith(end)))
      .map(([name, text]) => ({ name, text }))
  }
}

function aclNames(statements: Parameters<typeof aclsOf>[0]): string[] {
  const acls = aclsOf(statements)
  return acls.ok ? acls.value.map(acl => acl.name) : []
}
