import type { Fleet } from '../../fleet/index.ts'
import { keywordOf, type Statement, valuesOf } from '../../namedconf/index.ts'

/** The keys and acls that the zone blocks of a server may name. */
export type Definitions = {
  /** Name in lower case, as key names are compared (they are domain names) → name as it was written. */
  readonly keys: ReadonlyMap<string, string>
  /** Name → the acl's elements. */
  readonly acls: ReadonlyMap<string, Statement>
}

/** What the fleet defines, and the statements of the shared file and of a server's base. */
export function defineFrom(fleet: Fleet, statements: Iterable<Statement>): Definitions {
  const keys = new Map(fleet.keys.map(key => [canonicalKey(key.name), key.name]))
  const acls = new Map<string, Statement>()
  for (const statement of statements) {
    const kind = keywordOf(statement)
    const name = kind === 'key' || kind === 'acl' ? valuesOf(statement)[0] : undefined
    if (name === undefined) continue
    if (kind === 'key') keys.set(canonicalKey(name), name)
    else acls.set(name, statement)
  }
  return { keys, acls }
}

/** A key's name as it is compared: lower case, without the final dot. */
export function canonicalKey(name: string): string {
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase()
}
