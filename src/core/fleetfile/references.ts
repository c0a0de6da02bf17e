import { listWords, suggest } from '../fleet/index.ts'
import type { Finding } from './finding.ts'
import type { Path } from './places.ts'
import { isMapping, valueAt } from './raw-document.ts'

/** A place where one thing is named, and the mapping that describes such things. */
type Reference = {
  /** `*` is every entry. */
  readonly from: readonly string[]
  /** Whether the name is the value there, or the word before its colon. */
  readonly named: 'key' | 'value'
  readonly kind: string
  readonly to: string
}

/** A fleet without `zone-sets` has this one. */
const SETS = 'zone-sets'

const REFERENCES: readonly Reference[] = [
  { from: ['first-active'], named: 'value', kind: 'server', to: 'servers' },
  { from: ['zone-sets', '*', 'first-active'], named: 'value', kind: 'server', to: 'servers' },
  { from: ['groups', '*', 'follows', '*'], named: 'value', kind: 'server', to: 'servers' },
  { from: ['servers', '*', 'group'], named: 'value', kind: 'group', to: 'groups' },
  { from: ['servers', '*', 'sets', '*'], named: 'value', kind: 'zone set', to: SETS },
  { from: ['server-defaults', 'sets', '*'], named: 'value', kind: 'zone set', to: SETS },
  { from: ['servers', '*', 'rndc', 'key'], named: 'value', kind: 'key', to: 'keys' },
  { from: ['server-defaults', 'rndc', 'key'], named: 'value', kind: 'key', to: 'keys' },
  { from: ['policy', 'transfer-key'], named: 'value', kind: 'key', to: 'keys' },
  { from: ['views', '*', 'key'], named: 'value', kind: 'key', to: 'keys' },
  { from: ['zones', '*'], named: 'key', kind: 'view', to: 'views' },
  { from: ['zone-sets', '*', 'zones', '*'], named: 'key', kind: 'view', to: 'views' },
]

/** Every name that stands for nothing; works on the raw document, so a mistake elsewhere hides none. */
export function findUnknownNames(document: unknown): Finding[] {
  return REFERENCES.flatMap(reference => {
    const names = namesOf(document, reference.to)
    return expand(document, reference.from).flatMap(path => {
      const name = reference.named === 'key' ? path.at(-1) : valueAt(document, path)
      if (typeof name !== 'string' || names.includes(name)) return []
      return [unknownName({ reference, names, name, path })]
    })
  })
}

type UnknownName = {
  readonly reference: Reference
  readonly names: readonly string[]
  readonly name: string
  readonly path: Path
}

function unknownName({ reference, names, name, path }: UnknownName): Finding {
  const meant = suggest(name, names)
  const remedy =
    meant !== undefined
      ? `Did you mean \`${meant}\`?`
      : names.length > 0
        ? `Described are ${listWords(names)}.`
        : `Describe it under \`${reference.to}\`.`
  return {
    code: 'fleet.unknown-name',
    severity: 'error',
    path,
    about: reference.named,
    message: `There is no ${reference.kind} \`${name}\`.`,
    remedy,
  }
}

function namesOf(document: unknown, section: string): string[] {
  const described = valueAt(document, [section])
  if (section === SETS && described === undefined) return ['default']
  return isMapping(described) ? Object.keys(described) : []
}

/** The paths that a pattern stands for in this document. */
function expand(document: unknown, pattern: readonly string[]): Path[] {
  let paths: Path[] = [[]]
  for (const part of pattern) {
    paths = paths.flatMap(path => {
      if (part !== '*') return [[...path, part]]
      const value = valueAt(document, path)
      if (Array.isArray(value)) return value.map((_, index) => [...path, index])
      return isMapping(value) ? Object.keys(value).map(key => [...path, key]) : []
    })
  }
  return paths
}
