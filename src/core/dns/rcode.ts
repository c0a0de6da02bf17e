const RCODES = [
  'NOERROR',
  'FORMERR',
  'SERVFAIL',
  'NXDOMAIN',
  'NOTIMP',
  'REFUSED',
  'YXDOMAIN',
  'YXRRSET',
  'NXRRSET',
  'NOTAUTH',
  'NOTZONE',
] as const

/** How a server answered (RFC 1035 section 4.1.1, RFC 2136 section 2.2); a code without a name is `RCODEn`. */
export type Rcode = (typeof RCODES)[number] | `RCODE${number}`

/** The name of a response code from 0 to 15. */
export function rcodeFrom(code: number): Rcode {
  return RCODES[code] ?? `RCODE${code}`
}

/** The response code of a name: the other way round of `rcodeFrom`. */
export function rcodeNumber(rcode: Rcode): number {
  const known = (RCODES as readonly string[]).indexOf(rcode)
  return known >= 0 ? known : Number(rcode.slice('RCODE'.length))
}
