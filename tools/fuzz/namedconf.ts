import { isDeepStrictEqual } from 'node:util'
import {
  applyEdits,
  type ConfFile,
  decodeConf,
  encodeConf,
  parse,
  print,
  type Statement,
} from '../../src/core/namedconf/index.ts'
import type { FuzzReport } from './report.ts'

const PIECES_MAX = 60
const FAILURES_MAX = 20
/** What a configuration is made of, and what breaks it. */
const PIECES = [
  '{',
  '}',
  ';',
  '};',
  '"',
  '\\',
  '\\"',
  '/*',
  '*/',
  '//',
  '#',
  '/',
  '!',
  '=',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '\f',
  '\0',
  '\ufeff',
  'zone "example.com" IN',
  'view v',
  'options',
  'acl a',
  'key k',
  'secret',
  'type primary',
  'file "x"',
  'recursion yes',
  'allow-query',
  'plugin query "p"',
  'dnsrps-options',
  'include "a*.conf"',
  '10.0.0.0/8',
  '2001:db8::/32',
  'é',
  '\u{1f4a9}',
  'word',
] as const

/**
 * Random texts and bytes through `decodeConf`, `parse`, `print` and `encodeConf`: nothing is thrown, every
 * byte comes back, and the tree covers the text without gaps or overlaps.
 */
export function fuzzNamedconf(seed: number, count: number): FuzzReport {
  const random = randomFrom(seed)
  const failures: string[] = []
  for (let input = 0; input < count && failures.length < FAILURES_MAX; input++) {
    const bytes = input % 4 === 0 ? randomBytes(random) : Buffer.from(randomText(random))
    const problem = tryBytes(bytes)
    if (problem !== undefined) failures.push(`${problem} (seed ${seed}, bytes ${bytes.toString('hex')})`)
  }
  return { inputs: count, failures }
}

function tryBytes(bytes: Buffer): string | undefined {
  try {
    const text = decodeConf(bytes)
    if (!bytes.equals(encodeConf(text))) return 'The bytes did not come back.'
    const file = parse(text)
    if (print(file) !== text) return 'The text did not come back.'
    return checkSpans(file.statements, { start: 0, end: text.length }) ?? checkEdits(file)
  } catch (error) {
    return `Thrown: ${String(error)}`
  }
}

/** Nodes lie in their parent, in order, apart. */
function checkSpans(
  statements: readonly Statement[],
  within: { start: number; end: number },
): string | undefined {
  let at = within.start
  for (const statement of statements) {
    if (statement.start < at || statement.end > within.end) return 'A statement is out of place.'
    let part = statement.start
    for (const { start, end } of statement.parts) {
      if (start < part || end <= start || end > statement.end) return 'A part is out of place.'
      part = end
    }
    for (const block of statement.parts) {
      if (block.kind !== 'block') continue
      const inner = { start: block.start + 1, end: block.closed ? block.end - 1 : block.end }
      const problem = checkSpans(block.statements, inner)
      if (problem !== undefined) return problem
    }
    at = statement.end
  }
  return undefined
}

/** What is put in the place of itself changes nothing. */
function checkEdits(file: ConfFile): string | undefined {
  const { text } = file.source
  const edits = file.statements.map(({ start, end }) => ({
    offset: start,
    length: end - start,
    content: text.slice(start, end),
  }))
  const same =
    applyEdits(text, edits) === text && isDeepStrictEqual(parse(text).diagnostics, file.diagnostics)
  return same ? undefined : 'Edits that change nothing changed something.'
}

function randomText(random: () => number): string {
  const length = Math.floor(random() * PIECES_MAX)
  const pieces = Array.from({ length }, () => PIECES[Math.floor(random() * PIECES.length)])
  return pieces.join(random() < 0.5 ? ' ' : '')
}

function randomBytes(random: () => number): Buffer {
  const length = Math.floor(random() * PIECES_MAX)
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))
}

/** Mulberry32: small, quick, and the same numbers on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
