import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse, quote, zonesOf } from '../../../src/core/namedconf/index.ts'
import { checkconfText } from './checkconf.ts'

/** Each run of named-checkconf is a process; the property alone runs far more often. */
const CHECKCONF_RUNS = 10

type GeneratedZone = {
  readonly name: string
  readonly class: 'IN' | undefined
  readonly type: 'primary' | 'secondary'
  readonly file: string
}

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/)
const zone: fc.Arbitrary<GeneratedZone> = fc.record({
  name: fc.tuple(label, label).map(labels => labels.join('.')),
  class: fc.constantFrom('IN', undefined),
  type: fc.constantFrom('primary', 'secondary'),
  file: fc.string({ unit: fc.constantFrom(...'ab c;{}#/*"é'), minLength: 1 }),
})
const zones = fc.uniqueArray(zone, { selector: ({ name }) => name, minLength: 1, maxLength: 20 })
/** What may stand between two tokens. */
const gap = fc.constantFrom(' ', '\n', '\t', ' /* { */ ', ' // "\n', ' # };\n')
const gaps = fc.array(gap, { minLength: 16, maxLength: 16 })

it('reads back what was generated, without an error', () => {
  fc.assert(
    fc.property(zones, gaps, (generated, between) => {
      const file = parse(write(generated, between))
      expect(file.diagnostics).toEqual([])
      expect(zonesOf(file.statements)).toMatchObject({ ok: true, value: generated })
    }),
  )
})

it('generates what named-checkconf takes', () => {
  const property = fc.property(zones, gaps, (generated, between) => {
    // Two zones may not write one file.
    const apart = generated.map((each, index) => ({ ...each, file: `${each.file}${index}` }))
    const verdict = checkconfText(write(apart, between))
    expect(verdict.accepted, verdict.output).toBe(true)
  })
  fc.assert(property, { numRuns: CHECKCONF_RUNS })
})

function write(generated: readonly GeneratedZone[], between: readonly string[]): string {
  const tokens = generated.flatMap(each => [
    ...['zone', `"${each.name}"`, ...(each.class === undefined ? [] : [each.class]), '{'],
    ...['type', each.type === 'primary' ? 'master' : 'slave', ';', 'file', quote(each.file) ?? '', ';'],
    ...(each.type === 'secondary' ? ['masters', '{', '127.0.0.1', ';', '}', ';'] : []),
    ...['}', ';'],
  ])
  return tokens.map((token, index) => token + (between[index % between.length] ?? ' ')).join('')
}
