import { fail, ok, type Result } from '../base/index.ts'
import { joinLines } from './conf-text.ts'
import type { Role } from './rendered.ts'

/** What a marker zone's TXT record says: which role this server is in for a zone set, in which term, since when. */
export type Marker = {
  readonly role: Role
  readonly term: number
  readonly server: string
  readonly fleet: string
  /** As RFC 3339. */
  readonly since: string
  readonly set: string
}

/** Why a TXT record is no marker, in words that fit after "because". */
export type MarkerProblem =
  | { readonly kind: 'missing'; readonly word: keyof Marker }
  | { readonly kind: 'unreadable'; readonly word: keyof Marker; readonly value: string }

/** A term grows by one at a promotion: this many promotions are more than a fleet will ever see. */
export const TERM_MAX = 2 ** 31 - 1

/**
 * The marker zone's file for a role. The serial is the term, so that even a plain SOA query tells the newer of two
 * peers; everything has TTL 0, so that nobody answers from memory. Names under `invalid` (RFC 2606 section 2)
 * stand where a zone must name a server.
 */
export function printMarker(marker: Marker): string {
  const words = [
    `role=${marker.role}`,
    `term=${marker.term}`,
    `server=${marker.server}`,
    `fleet=${marker.fleet}`,
    `since=${marker.since}`,
    `set=${marker.set}`,
  ]
  return joinLines([
    '$TTL 0',
    `@ SOA invalid. nobody.invalid. ${marker.term} 3600 600 86400 0`,
    '@ NS invalid.',
    `@ TXT ${words.map(quoteCharacterString).join(' ')}`,
  ])
}

/** Reads the character strings of a marker's TXT record; words it does not know are a later version's. */
export function parseMarker(strings: readonly string[]): Result<Marker, MarkerProblem> {
  const words = new Map<string, string>()
  for (const text of strings) {
    const equals = text.indexOf('=')
    if (equals > 0) words.set(text.slice(0, equals), text.slice(equals + 1))
  }
  const missing = MARKER_WORDS.find(word => !words.has(word))
  if (missing !== undefined) return fail({ kind: 'missing', word: missing })
  const word = (name: keyof Marker) => words.get(name) ?? ''
  const role = parseRole(word('role'))
  if (role === undefined) return fail({ kind: 'unreadable', word: 'role', value: word('role') })
  const term = parseTerm(word('term'))
  if (term === undefined) return fail({ kind: 'unreadable', word: 'term', value: word('term') })
  return ok({
    role,
    term,
    server: word('server'),
    fleet: word('fleet'),
    since: word('since'),
    set: word('set'),
  })
}

const MARKER_WORDS: readonly (keyof Marker)[] = ['role', 'term', 'server', 'fleet', 'since', 'set']

/** A role's word, or nothing for any other. */
export function parseRole(text: string): Role | undefined {
  return text === 'active' || text === 'standby' ? text : undefined
}

/** A term in decimal without a sign, or nothing when it is not one, or over `TERM_MAX`. */
export function parseTerm(text: string): number | undefined {
  const term = /^\d{1,10}$/.test(text) ? Number(text) : undefined
  return term !== undefined && term <= TERM_MAX ? term : undefined
}

/** RFC 1035 section 5.1: quotes and backslashes escaped, bytes outside printable ASCII as `\DDD`. */
function quoteCharacterString(text: string): string {
  const characters = [...new TextEncoder().encode(text)].map(byte => {
    if (byte < 0x20 || byte >= 0x7f) return `\\${String(byte).padStart(3, '0')}`
    const character = String.fromCharCode(byte)
    return character === '"' || character === '\\' ? `\\${character}` : character
  })
  return `"${characters.join('')}"`
}
