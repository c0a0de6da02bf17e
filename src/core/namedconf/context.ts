/**
 * What the braces a statement stands in hold, as far as finding a forgotten `;` or `}` needs it. `clauses`
 * are options of a smaller kind (key, server, tls …); a `list` has elements, not options; in `other` braces
 * nothing is taken for granted.
 */
export type Context = 'top' | 'options' | 'view' | 'zone' | 'clauses' | 'list' | 'other'

/**
 * Table: what the braces of a statement hold, where the statement is one of `top`, `options`, `view`, `zone`
 * or `clauses`.
 */
const CONTEXTS = new Map<string, Context>([
  ['options', 'options'],
  ['view', 'view'],
  ['zone', 'zone'],
  ['template', 'zone'],
  ['dnssec-policy', 'clauses'],
  ['dns64', 'clauses'],
  ['http', 'clauses'],
  ['key', 'clauses'],
  ['key-store', 'clauses'],
  ['logging', 'clauses'],
  ['controls', 'clauses'],
  ['statistics-channels', 'clauses'],
  ['rate-limit', 'clauses'],
  ['server', 'clauses'],
  ['tls', 'clauses'],
  ...`acl allow-notify allow-query allow-query-cache allow-query-cache-on allow-query-on allow-recursion
    allow-recursion-on allow-transfer allow-update allow-update-forwarding also-notify blackhole clients exclude
    exempt-clients forwarders keep-response-order listen-on listen-on-v6 mapped masters match-clients
    match-destinations no-case-compress parental-agents primaries remote-servers sortlist update-policy
    validate-except`
    .split(/\s+/)
    .map((keyword): [string, Context] => [keyword, 'list']),
])

/** Statements that end with their braces: another word behind the `}` means that a `;` was forgotten. */
const ENDS_WITH_BRACES: ReadonlySet<string> = new Set([
  ...CONTEXTS.keys(),
  'category',
  'channel',
  'dual-stack-servers',
  'managed-keys',
  'rrset-order',
  'trust-anchors',
  'trusted-keys',
])

const OUTER_ONLY = ['acl', 'controls', 'logging', 'options', 'statistics-channels', 'view']
/**
 * Table: statements that can't stand in such braces, so that one found there means that a `}` was forgotten.
 */
const MISPLACED: Record<Context, ReadonlySet<string>> = {
  top: new Set(),
  other: new Set(),
  view: new Set(OUTER_ONLY),
  options: new Set([...OUTER_ONLY, 'zone']),
  zone: new Set([...OUTER_ONLY, 'zone']),
  clauses: new Set([...OUTER_ONLY, 'zone']),
  list: new Set([...OUTER_ONLY, 'zone']),
}

/** What the braces of a statement hold that begins with `keyword` (lower case). */
export function contextWithin(outer: Context, keyword: string): Context {
  return outer === 'list' || outer === 'other' ? 'other' : (CONTEXTS.get(keyword) ?? 'other')
}

export function endsWithBraces(context: Context, keyword: string): boolean {
  return holdsOptions(context) && ENDS_WITH_BRACES.has(keyword)
}

export function isMisplaced(context: Context, keyword: string): boolean {
  return MISPLACED[context].has(keyword)
}

/** Whether every statement in such braces begins with the name of an option, and may be an `include`. */
export function holdsOptions(context: Context): boolean {
  return context !== 'list' && context !== 'other'
}
