import {
  bodyOf,
  keywordOf,
  type MatchElement,
  readMatchList,
  type Span,
  type Statement,
  valuesOf,
} from '../../namedconf/index.ts'
import { canonicalKey, type Definitions } from '../base/definitions.ts'
import type { Findings } from '../findings.ts'

/** Who may update a zone. */
export type UpdateAccess = {
  /** Names of the keys, in the order in which they are granted. */
  readonly keys: readonly string[]
  /** The first element that grants by address. */
  readonly byAddress: Span | undefined
}

/** How deeply acls may refer to each other. */
export const ACL_DEPTH_MAX = 16

/** What naming a key or an acl means, and whom to tell of one that nobody defined. */
export type Naming = { readonly definitions: Definitions; readonly findings: Findings }

/**
 * Reads `allow-update { … };` (an address match list) or `update-policy { … };` (rules that grant to identities).
 * Nothing when the statement grants nobody anything: such a zone is static.
 */
export function readUpdateAccess(statement: Statement, naming: Naming): UpdateAccess | undefined {
  const grants = new Grants(naming)
  if (keywordOf(statement) === 'update-policy') {
    return { keys: grants.fromRules(statement), byAddress: undefined }
  }
  grants.fromElements(readMatchList(bodyOf(statement)), 0)
  const keys = [...grants.keys]
  return keys.length === 0 && grants.byAddress === undefined
    ? undefined
    : { keys, byAddress: grants.byAddress }
}

class Grants {
  readonly keys = new Set<string>()
  byAddress: Span | undefined
  readonly #naming: Naming

  constructor(naming: Naming) {
    this.#naming = naming
  }

  /** Elements that exclude are left to named: forwarding a key that it then refuses changes nothing. */
  fromElements(elements: readonly MatchElement[], depth: number): void {
    for (const { statement, match } of elements.filter(element => !element.negated)) {
      switch (match.kind) {
        case 'key':
          this.#addKey(match.name, statement)
          break
        case 'list':
          this.fromElements(match.elements, depth)
          break
        case 'acl':
          this.#addAcl(match.name, { statement, depth })
          break
        case 'address':
        case 'other':
          this.byAddress ??= statement
      }
    }
  }

  /** `grant IDENTITY RULE …`: an identity that is a key, or a pattern of keys. */
  fromRules(statement: Statement): readonly string[] {
    for (const rule of bodyOf(statement)) {
      const identity = valuesOf(rule)[0]
      if (keywordOf(rule) !== 'grant' || identity === undefined) continue
      const wanted = canonicalKey(identity)
      for (const [key, name] of this.#naming.definitions.keys) {
        if (matchesIdentity(key, wanted)) this.keys.add(name)
      }
    }
    return [...this.keys]
  }

  #addKey(name: string, statement: Statement): void {
    const known = this.#naming.definitions.keys.get(canonicalKey(name))
    if (known !== undefined) {
      this.keys.add(known)
      return
    }
    this.#naming.findings.error(statement, {
      code: 'render.key-unknown',
      message: `"${name}" is no key of the fleet, of the shared file or of the base.`,
      remedy: 'Add the key to the fleet, or correct its name.',
    })
  }

  #addAcl(name: string, { statement, depth }: { statement: Statement; depth: number }): void {
    const acl = this.#naming.definitions.acls.get(name)
    if (acl !== undefined) {
      if (depth < ACL_DEPTH_MAX) this.fromElements(readMatchList(bodyOf(acl)), depth + 1)
    } else if (BUILT_IN.has(name.toLowerCase())) {
      if (name.toLowerCase() !== 'none') this.byAddress ??= statement
    } else {
      this.#naming.findings.error(statement, {
        code: 'render.acl-unknown',
        message: `"${name}" is no acl of the shared file or of the base.`,
        remedy: 'Define the acl in the shared file, or correct its name.',
      })
    }
  }
}

/** Acls that named has by itself. */
const BUILT_IN = new Set(['any', 'none', 'localhost', 'localnets'])

/** `*` stands for one or more labels at the front, as named matches identities (BIND manual, update-policy). */
function matchesIdentity(key: string, identity: string): boolean {
  if (identity === '*') return true
  return identity.startsWith('*.') ? key.endsWith(identity.slice(1)) : key === identity
}
