import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FleetDiagnostic, readFleet } from '../../../src/core/fleetfile/index.ts'

const FILE = '/fleets/example/baton.yaml'
const FOLDER = 'test/corpus/fleet'

const corpus = readdirSync(FOLDER)
  .filter(name => name.endsWith('.yaml'))
  .map(name => readFileSync(`${FOLDER}/${name}`, 'utf8'))

/** YAML's own characters and a fleet's own words, in any order. */
const fragments = fc.constantFrom(
  ...[
    'fleet',
    'servers',
    'ns1',
    'kind',
    'peer',
    'address',
    '192.0.2.1',
    'zones',
    '<<',
    '__proto__',
    'constructor',
  ],
  ...[
    ': ',
    ':',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '\n',
    '\n  ',
    '\t',
    '&a ',
    '*a',
    '!!',
    '"',
    "'",
    '|\n',
    '#',
    '? ',
  ],
  ...['\r\n', '\ufeff', '\u0000', '\ud800', '%YAML 1.1\n', '---\n', '...\n', '~', '1e999', '0x1', '.nan'],
)

/** A file of the corpus with a part replaced. */
const damaged = fc
  .tuple(fc.constantFrom(...corpus), fc.nat(), fc.nat(40), fc.array(fragments, { maxLength: 4 }))
  .map(([text, at, length, parts]) => {
    const start = at % (text.length + 1)
    return text.slice(0, start) + parts.join('') + text.slice(start + length)
  })

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fragments, { maxLength: 60 }).map(parts => parts.join('')),
  damaged,
)

describe('any text at all', () => {
  it('is read without a throw, and whatever is said about it has its place in it and a remedy', () => {
    fc.assert(
      fc.property(texts, text => {
        for (const { place, remedy } of diagnosticsOf(text)) {
          expect(remedy).toMatch(/^[A-Z].*[.?]$/s)
          expect(place.offset).toBeGreaterThanOrEqual(0)
          expect(place.offset + place.length).toBeLessThanOrEqual(text.length)
          const before = text.slice(0, place.offset)
          expect(place.line).toBe(before.split('\n').length)
          expect(place.column).toBe(place.offset - (before.lastIndexOf('\n') + 1) + 1)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('that is no fleet gets at least one error and at most a hundred', () => {
    const text = `${'word: 1\n'.repeat(10)}${Array.from({ length: 500 }, (_, at) => `w${at}: 1\n`).join('')}`
    const diagnostics = diagnosticsOf(text)
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
    expect(diagnostics.length).toBe(100)
  })
})

describe('a text that is too large', () => {
  it.each([
    ['too long', `# ${'x'.repeat(256 * 1024)}`],
    ['nested in brackets', '['.repeat(20_000)],
    ['nested in brackets to its end', '['.repeat(200_000)],
    ['nested in dashes', '- '.repeat(100_000)],
    ['nested in mappings', `a: ${'{a: '.repeat(20)}1${'}'.repeat(20)}`],
    ['nested in mappings far more deeply', `a: ${'{a: '.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['grown by aliases', growing(20)],
  ])('because it is %s is refused', (_, text) => {
    expect(diagnosticsOf(text).map(({ code }) => code)).toContain('fleet.too-large')
  })

  it('of two hundred and one servers is refused', () => {
    const servers = Array.from(
      { length: 201 },
      (_, at) => `  s${at}: { kind: peer, address: 10.0.0.${at} }\n`,
    )
    expect(diagnosticsOf(`fleet: big\nservers:\n${servers.join('')}`)).toContainEqual(
      expect.objectContaining({
        code: 'fleet.too-large',
        message: '`servers`: At most 200 entries are allowed here.',
      }),
    )
  })
})

/** Each line doubles the one before. */
function growing(lines: number): string {
  const doubled = Array.from({ length: lines }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`)
  return `a0: &a0 [1]\n${doubled.join('')}`
}

function diagnosticsOf(text: string): readonly FleetDiagnostic[] {
  const reading = readFleet(text, FILE)
  return reading.ok ? reading.value.warnings : reading.error
}
