import { bodyOf, lowerCase, textOf } from '../read.ts'
import type { Part, Statement } from '../tree.ts'

/**
 * One element of an address match list, in the order in which named tries them:
 * `[ ! ] ( <address>[/<length>] | key <string> | <acl name> | { <address_match_element>; … } | geoip … )`
 *
 * https://bind9.readthedocs.io/en/stable/reference.html#term-address_match_element
 */
export type MatchElement = {
  readonly statement: Statement
  /** With a `!` before it: whoever matches is refused. */
  readonly negated: boolean
  readonly match: Match
}

export type Match =
  /**
   * `length` in bits; nothing when there is no `/`, which means the whole address (`10` alone is
   * `10.0.0.0/8`).
   */
  | { readonly kind: 'address'; readonly address: string; readonly length: number | undefined }
  | { readonly kind: 'key'; readonly name: string }
  /** An acl, one of named's own (`any`, `none`, `localhost`, `localnets`) included. */
  | { readonly kind: 'acl'; readonly name: string }
  | { readonly kind: 'list'; readonly elements: readonly MatchElement[] }
  /** What is not told apart further, `geoip` for example. */
  | { readonly kind: 'other'; readonly values: readonly string[] }

/** Reads the statements in the braces of `acl`, `match-clients`, `allow-transfer` and the like. */
export function readMatchList(statements: readonly Statement[]): readonly MatchElement[] {
  return statements.filter(statement => statement.parts.length > 0).map(readMatchElement)
}

/** Names of all keys in a list, negated or not, in nested lists too; without those of the acls it names. */
export function keysInMatchList(elements: readonly MatchElement[]): readonly string[] {
  return elements.flatMap(({ match }) => {
    if (match.kind === 'key') return [match.name]
    return match.kind === 'list' ? keysInMatchList(match.elements) : []
  })
}

function readMatchElement(statement: Statement): MatchElement {
  const [first] = statement.parts
  const negated = first?.kind === 'mark' && textOf(first) === '!'
  return {
    statement,
    negated,
    match: readMatch(statement, negated ? statement.parts.slice(1) : statement.parts),
  }
}

function readMatch(statement: Statement, parts: readonly Part[]): Match {
  const [first, second, third] = parts
  if (first?.kind === 'block') return { kind: 'list', elements: readMatchList(bodyOf(statement)) }
  const values = parts.map(textOf)
  const [text = '', after = ''] = values
  if (first?.kind === 'word' && parts.length === 2 && lowerCase(text) === 'key')
    return { kind: 'key', name: after }
  if (parts.length === 1) {
    return isAddress(text)
      ? { kind: 'address', address: text, length: undefined }
      : { kind: 'acl', name: text }
  }
  const length = Number(values[2])
  const isPrefix = parts.length === 3 && second?.kind === 'mark' && third?.kind === 'word'
  if (isPrefix && after === '/' && Number.isInteger(length)) return { kind: 'address', address: text, length }
  return { kind: 'other', values }
}

/** As named tells them from names: an IPv4 address may leave out its last numbers. */
function isAddress(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){0,3}$/.test(text) || /^[\da-f:.]*:[\da-f:.]*(?:%.+)?$/i.test(text)
}
