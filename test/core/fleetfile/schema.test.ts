import { readdirSync, readFileSync } from 'node:fs'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse, parseDocument } from 'yaml'
import { fleetJsonSchema, readFleet } from '../../../src/core/fleetfile/index.ts'
import { refreshReference } from '../../../tools/fleet/print-reference.ts'
import { printSchema } from '../../../tools/fleet/print-schema.ts'
import { listSettings } from '../../../tools/fleet/settings.ts'

const EXAMPLE = readFileSync('examples/baton.yaml', 'utf8')
const FOLDER = 'test/corpus/fleet'

const validate = new Ajv().compile(fleetJsonSchema())
const settings = listSettings(fleetJsonSchema())
const corpus = readdirSync(FOLDER).filter(name => name.endsWith('.yaml'))

describe('schema/baton.schema.json', () => {
  it('is what `npm run docs` writes', () => {
    expect(readFileSync('schema/baton.schema.json', 'utf8')).toBe(printSchema())
  })

  it('accepts the example', () => {
    validate(parse(EXAMPLE))
    expect(validate.errors).toBeNull()
  })

  it.each(corpus.filter(name => name.startsWith('good-')))('accepts %s', name => {
    validate(parse(readFileSync(`${FOLDER}/${name}`, 'utf8'), { merge: true }))
    expect(validate.errors).toBeNull()
  })

  it.each(['bad-everything', 'bad-kinds', 'bad-list', 'bad-names', 'bad-no-zones'])('refuses %s', name => {
    const document = parse(readFileSync(`${FOLDER}/${name}.yaml`, 'utf8'), { uniqueKeys: false }) as unknown
    expect(validate(document)).toBe(false)
  })
})

describe('docs/baton.yaml.md', () => {
  const page = readFileSync('docs/baton.yaml.md', 'utf8')

  it('is what `npm run docs` writes', () => {
    expect(page).toBe(refreshReference(page))
  })

  it('shows fleets that are right', () => {
    const fleets = [...page.matchAll(/```yaml\n(fleet:.*?)```/gs)]
      .map(([, text]) => text ?? '')
      .filter(text => text.includes('servers:'))
    expect(fleets).not.toEqual([])
    for (const text of fleets) expect(readFleet(text, '/fleet/baton.yaml')).toMatchObject({ ok: true })
  })
})

describe('a setting', () => {
  it.each(settings.map(({ path, schema }) => [path.join('.'), schema] as const))(
    '%s is described',
    (_, schema) => {
      expect(schema.description).toMatch(/^[A-Z`].*\.$/s)
    },
  )

  const examples = settings.flatMap(({ path, schema, onlyWith }) =>
    (schema.examples ?? []).map(example => ({ path: placeOf(path, onlyWith), example })),
  )

  it.each(examples)('is read as its example says: $path', ({ path, example }) => {
    const document = parseDocument(EXAMPLE)
    for (const section of path[0] === 'zone-sets' ? ['zones', 'first-active'] : []) document.delete(section)
    if (path.at(-2) === 'statistics') document.setIn(path.slice(0, -1), document.createNode({ port: 8053 }))
    document.setIn(path, document.createNode(example))
    const reading = readFleet(document.toString(), '/fleet/baton.yaml')
    const codes = reading.ok ? [] : reading.error.map(({ code }) => code)
    expect(codes).not.toContain('fleet.bad-value')
    expect(codes).not.toContain('fleet.bad-name')
    expect(codes).not.toContain('fleet.unknown-setting')
  })
})

/** A place in the example for a setting whose path has a free name. */
function placeOf(path: readonly string[], onlyWith: string | undefined): string[] {
  const names = new Map([
    ['SERVER', onlyWith === 'secondary' ? 'e1' : 'ns1'],
    ['GROUP', 'east'],
    ['VIEW', 'internal'],
    ['SET', 'default'],
  ])
  return path.map(part => names.get(part) ?? part)
}
